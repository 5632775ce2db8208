//! What the Apex class knows of the agent: who it is, and the phone account.

use hookswitch_core::{
    CrmReport, Input,
    settings::{Identity, IdentitySource, SignIn},
};
use hookswitch_opencti::Fields;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::{
    ApexProblem,
    crm::ApexFailure,
    desk::Desk,
    read::{Malformed, Reader},
    spawn::spawn,
};

impl Desk {
    /// Take over what the settings say about Apex, before the core has them.
    #[inline(never)]
    pub(crate) fn set_identity(&self, identity: &Identity) {
        self.crm.set_apex(identity.apex_class.as_deref());
        self.sign_in_by_apex.set(identity.sign_in == SignIn::Apex);
        if identity.source == IdentitySource::Apex && !self.asked_who.replace(true) {
            self.ask_apex_who();
        }
    }

    /// Ask the class whose desk this is. Where it cannot tell, the phone account stands in; where it only did not answer, it is asked on, and
    /// what was kept under the phone account is the user's then.
    #[inline(never)]
    fn ask_apex_who(&self) {
        let Some(desk) = self.this.upgrade() else { return };
        spawn(async move {
            let told = desk.apex_patiently("whoAmI").await.and_then(|me| id(&me).map_err(unreadable));
            let user = told.as_ref().ok().map(|id| id.as_str().into());
            let silent = matches!(told, Err(ApexFailure::NotSent | ApexFailure::NoReply));
            desk.apex_told(told.err(), "Your logs and drafts are kept under your phone account, not under your Salesforce user.");
            desk.input(Input::Crm(CrmReport::Identity { user }));
            if silent {
                desk.ask_apex_on().await;
            }
        });
    }

    /// Salesforce did not answer at the start: it may later.
    #[inline(never)]
    async fn ask_apex_on(&self) {
        while !self.stopped.get() && !self.config.alone {
            // The clock's promises are never rejected.
            let _ = JsFuture::from(self.keep.sleep(ASK_ON_MS)).await;
            if let Ok(Ok(user)) = self.crm.apex("whoAmI", Fields::new()).await.map(|me| id(&me)) {
                self.set_status(|status| status.apex_problem = None);
                self.input(Input::Crm(CrmReport::Identity { user: Some(user.into()) }));
                return;
            }
        }
    }

    /// Ask the class for the phone account; whatever goes wrong, the form is there. What it tells stays in memory.
    #[inline(never)]
    pub(crate) fn ask_apex_to_sign_in(&self) {
        let Some(desk) = self.this.upgrade() else { return };
        spawn(async move {
            match desk.apex_patiently("credentials").await.and_then(|account| credentials(&account).map_err(unreadable)) {
                Ok(Some((user, password))) => desk.sign_in(&user, &password),
                Ok(None) => {
                    desk.apex_note("apex-no-account", NO_ACCOUNT.to_owned());
                    desk.sign_in_wanted();
                }
                Err(failure) => {
                    desk.apex_told(Some(failure), "Your phone account could not be read, so sign in by hand.");
                    desk.sign_in_wanted();
                }
            }
        });
    }

    /// A page asks before Salesforce's script is there, and Salesforce may be slow: it is asked a few times.
    async fn apex_patiently(&self, method: &'static str) -> Result<JsValue, ApexFailure> {
        let (mut waits, mut silences) = (WAITS_MS.iter(), 0);
        loop {
            let told = self.crm.apex(method, Fields::new()).await;
            let may_come = !self.stopped.get() && !self.config.alone;
            match &told {
                Err(ApexFailure::NotSent) if may_come => {
                    let Some(wait) = waits.next() else { return told };
                    // The clock's promises are never rejected.
                    let _ = JsFuture::from(self.keep.sleep(*wait)).await;
                }
                // To ask once more does no harm: nothing is written.
                Err(ApexFailure::NoReply) if may_come && silences < SILENCES => silences += 1,
                _ => return told,
            }
        }
    }

    fn apex_told(&self, failure: Option<ApexFailure>, consequence: &str) {
        if let Some(failure) = failure {
            self.apex_note(failure.code(), [consequence, " ", &failure.words()].concat());
        }
    }

    fn apex_note(&self, code: &'static str, words: String) {
        self.write("apex", code);
        self.set_status(|status| status.apex_problem = Some(ApexProblem { code, words }));
    }
}

fn unreadable(_: Malformed) -> ApexFailure {
    ApexFailure::Unreadable
}

fn id(me: &JsValue) -> Result<String, Malformed> {
    let id = Reader::new(me, "whoAmI")?.text("id")?;
    // The 15 characters of an id are its own; those behind only spell its case.
    (id.len() == 15 || id.len() == 18).then_some(id).ok_or(Malformed("id"))
}

/// Name and password; none where the org knows no account of the agent.
fn credentials(account: &JsValue) -> Result<Option<(String, String)>, Malformed> {
    if account.is_null() {
        return Ok(None);
    }
    let account = Reader::new(account, "credentials")?;
    Ok(Some((account.text("user")?, account.text("password")?)))
}

/// About as long as the script is waited for elsewhere.
const WAITS_MS: [f64; 6] = [500.0, 1_000.0, 2_000.0, 4_000.0, 4_000.0, 4_000.0];
/// Once a minute costs nothing, and nothing is lost meanwhile.
const ASK_ON_MS: f64 = 60_000.0;
/// A call that is not answered takes ten seconds; a host was seen to take twenty.
const SILENCES: u32 = 2;
const NO_ACCOUNT: &str = "Salesforce knows no phone account of yours, so sign in by hand. An admin can say where your accounts are kept.";
