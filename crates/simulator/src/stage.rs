//! Org and host together with what the browser keeps for them.
//!
//! The org lives in local storage, where every tab of this origin finds it; each tab reads it anew before it does anything if another
//! tab has changed it. What belongs to one tab (user, app, address) lives in its session storage; that the standby page took over lives
//! in a session cookie, which ends, as it does for Lightning, when the browser does.

use hookswitch_definition::{shipped, write};
use hookswitch_lightning::{Host, Id, Org, Session, View};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDocument, Storage};

use crate::address::{Places, Wishes};

/// Where the org is kept.
const ORG: &str = "hookswitch-lightning.org";
/// Which org is kept there: format, version, and the tab that wrote it.
pub(crate) const STAMP: &str = "hookswitch-lightning.stamp";
/// Raised when what is stored changes its shape: an older one is replaced by a fresh sample.
const FORMAT: u32 = 2;
const STANDBY: &str = "hookswitch-standby=1";
/// Who is logged in unless somebody wishes otherwise.
const AGENT: &str = "Alex Agent";

/// One tab's Lightning with the org it shares.
pub(crate) struct Stage {
    pub(crate) org: Org,
    pub(crate) host: Host,
    pub(crate) places: Places,
    /// Why nothing is kept: said once, on the page.
    pub(crate) trouble: Option<String>,
    stamp: String,
    tab: String,
}

impl Stage {
    /// The stage as this tab left it, or a fresh one.
    pub(crate) fn open(places: Places, wishes: &Wishes, now: u64) -> Self {
        let tab = format!("{:x}", (js_sys::Math::random() * 1e15) as u64);
        let (stamp, org) = stored().unwrap_or_else(|| (String::new(), fresh(&places)));
        let kept = kept();
        let user = wishes.user.as_ref().or_else(|| kept.as_ref().map(|kept| &kept.0)).map_or(AGENT, String::as_str);
        let user = org.named("User", user).or_else(|| org.named("User", AGENT)).map(|user| user.id.clone());
        let user = user.or_else(|| org.users().next().map(|user| user.id.clone()));
        let wished = wishes.app.as_deref().map(|app| if app == "console" { "Service Console" } else { app });
        let app = wished.or_else(|| kept.as_ref().map(|kept| kept.1.as_str())).unwrap_or("Service").to_owned();
        let mut stage = match user {
            Some(user) => Self::with(org, places, &user, &app, now),
            // An org without users cannot be made here; somebody edited the storage by hand.
            None => {
                let org = fresh(&places);
                let user = org.users().next().map(|user| user.id.clone()).unwrap_or_else(|| unreachable!("the sample has users"));
                Self::with(org, places, &user, &app, now)
            }
        };
        stage.stamp = stamp;
        stage.tab = tab;
        stage.wish(wishes, now);
        let here = window().location().hash().unwrap_or_default();
        if let Some(path) = here.strip_prefix('#').filter(|path| path.starts_with('/')) {
            stage.host.open(&stage.org, View::at(path), now);
        }
        stage.save();
        stage
    }

    fn with(org: Org, places: Places, user: &Id, app: &str, now: u64) -> Self {
        let session = Session { standby: cookies().contains(STANDBY) };
        let host = Host::with_session(&org, &places.origin, user, app, session, now);
        Self { org, host, places, trouble: None, stamp: String::new(), tab: String::new() }
    }

    /// Sets what the address bar wishes, in the call center of whoever is logged in.
    fn wish(&mut self, wishes: &Wishes, now: u64) {
        let user = self.host.page().user().clone();
        let center = self.org.call_center_of(&user).map(|center| center.id.clone());
        let admin = self.org.users().find(|user| self.org.may_manage(&user.id).is_ok()).map(|user| user.id.clone());
        let mut changed = false;
        if let (Some(center), Some(admin)) = (center, admin) {
            for (section, item, value) in &wishes.values {
                if self.org.call_center(&center).and_then(|center| center.value(section, item)).unwrap_or_default() == value {
                    continue;
                }
                match self.org.edit_call_center(&admin, &center, section, item, value) {
                    Ok(()) => changed = true,
                    Err(refusal) => self.trouble = Some(refusal.to_string()),
                }
            }
        }
        if changed {
            self.host.reload(&self.org, now);
        }
        if wishes.without_apex && !self.org.apex().is_empty() {
            self.org.remove_apex();
        }
        // After the reload, so that the delay counts from the load that is seen.
        if let Some(ms) = wishes.container_ms {
            self.host.faults_mut().container_ms = ms;
        }
        self.host.faults_mut().container_silent = wishes.container_silent;
    }

    /// Takes over what another tab has written.
    pub(crate) fn refresh(&mut self) {
        if storage().and_then(|storage| storage.get_item(STAMP).ok().flatten()).is_none_or(|stamp| stamp == self.stamp) {
            return;
        }
        if let Some((stamp, org)) = stored() {
            self.stamp = stamp;
            self.org = org;
        }
    }

    /// Writes the org for the other tabs and the next load, if it changed; and this tab's own state.
    pub(crate) fn save(&mut self) {
        let page = self.host.page();
        let user = self.org.record(page.user()).map(|user| user.name().to_owned()).unwrap_or_default();
        if let Ok(Some(session)) = window().session_storage() {
            // A browser that refuses is a browser that forgets; the page works all the same.
            let _ = session.set_item(ORG, &format!("{user}\n{}", page.app()));
        }
        if page.session().standby
            && let Ok(document) = document().dyn_into::<HtmlDocument>()
        {
            let _ = document.set_cookie(&format!("{STANDBY}; path=/; SameSite=Lax"));
        }
        let stamp = format!("{FORMAT}:{}:{}", self.org.version(), self.tab);
        if stamp.rsplit_once(':').map(|(front, _)| front) == self.stamp.rsplit_once(':').map(|(front, _)| front) {
            return;
        }
        let Some(storage) = storage() else { return };
        let Ok(text) = serde_json::to_string(&self.org) else { return };
        if storage.set_item(ORG, &text).and_then(|()| storage.set_item(STAMP, &stamp)).is_err() {
            self.trouble = Some("The browser keeps nothing for this page: a reload starts with a fresh org.".into());
        }
        self.stamp = stamp;
    }
}

/// Forgets the org, and that the standby page took over; the next load starts with a fresh sample.
pub(crate) fn forget() {
    if let Some(storage) = storage() {
        for key in [ORG, STAMP] {
            let _ = storage.remove_item(key);
        }
    }
    if let Ok(Some(session)) = window().session_storage() {
        let _ = session.remove_item(ORG);
    }
    end_session();
}

/// Forgets that the standby page took over.
pub(crate) fn end_session() {
    if let Ok(document) = document().dyn_into::<HtmlDocument>() {
        let _ = document.set_cookie(&format!("{STANDBY}; path=/; SameSite=Lax; max-age=0"));
    }
}

/// The sample org with the shipped definition imported, ready to take calls: its addresses are this server's, its phone system the
/// simulated one, and every agent has an extension.
fn fresh(places: &Places) -> Org {
    let mut definition = shipped();
    let server = if places.network.is_some() { "" } else { "&simulatedServer=page" };
    for (section, item, value) in [
        ("reqGeneralInfo", "reqAdapterUrl", places.adapter.as_str()),
        ("reqGeneralInfo", "reqStandbyUrl", &places.standby),
        ("hookswitchProvider", "provider", "simulated"),
        ("hookswitchProvider", "providerOptions", &format!("simulatedExtension=1001{server}")),
        ("hookswitchCalls", "startPresence", "ready"),
        ("hookswitchDialing", "country", "US"),
        ("hookswitchView", "language", "en"),
    ] {
        // The shipped definition has these items; its own tests say so.
        let _ = definition.set(section, item, value);
    }
    let mut org = match Org::sample_with(&write(&definition)) {
        Ok(org) => org,
        Err(refusal) => unreachable!("the shipped definition is refused: {refusal}"),
    };
    give_extensions(&mut org, server);
    org
}

/// A call center of their own for the colleagues, because the extension is one of its values.
fn give_extensions(org: &mut Org, server: &str) {
    let Some((admin, center)) =
        org.named("User", "Ines Admin").and_then(|admin| Some((admin.id.clone(), org.call_center_of(&admin.id)?.id.clone())))
    else {
        return;
    };
    for name in ["Ines Admin", "Bea Agent"] {
        let Some((user, extension)) = org.named("User", name).and_then(|user| Some((user.id.clone(), user.text("Extension")?.to_owned())))
        else {
            continue;
        };
        let copy = org.clone_call_center(&admin, &center, &format!("Hookswitch{extension}"), &format!("hookswitch, extension {extension}"));
        let Ok(copy) = copy else { continue };
        let options = format!("simulatedExtension={extension}{server}");
        // None of these can be refused: the admin may, the item exists, and the user was just set free.
        let _ = org.edit_call_center(&admin, &copy, "hookswitchProvider", "providerOptions", &options);
        let _ = org.unassign_user(&admin, &user);
        let _ = org.assign_user(&admin, &copy, &user);
    }
}

/// The org in local storage with its stamp, if it has the shape of today.
fn stored() -> Option<(String, Org)> {
    let storage = storage()?;
    let stamp = storage.get_item(STAMP).ok()??;
    if !stamp.starts_with(&format!("{FORMAT}:")) {
        return None;
    }
    let org = serde_json::from_str(&storage.get_item(ORG).ok()??).ok()?;
    Some((stamp, org))
}

/// User and app of this tab before its reload.
fn kept() -> Option<(String, String)> {
    let text = window().session_storage().ok()??.get_item(ORG).ok()??;
    let (user, app) = text.split_once('\n')?;
    Some((user.into(), app.into()))
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

fn cookies() -> String {
    document().dyn_into::<HtmlDocument>().ok().and_then(|document| document.cookie().ok()).unwrap_or_default()
}
