//! One browser tab's Lightning.

mod nav;
mod softphone;
mod utility_bar;
mod view;

use hookswitch_opencti::AppView;
use serde::{Deserialize, Serialize};

pub use nav::{Nav, Tab};
pub use softphone::{NoSoftphone, Softphone};
pub use utility_bar::{HEIGHTS, UtilityBar, WIDTHS};
pub use view::{NewRecord, View};

use crate::{Id, Org};

/// One browser tab's Lightning. What changes it is in [`Host`](crate::Host), which tells the softphone of it.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// The page's origin, such as `https://acme.lightning.force.com`.
    pub(crate) origin: String,
    pub(crate) user: Id,
    pub(crate) app: String,
    pub(crate) nav: Nav,
    pub(crate) modal: Option<NewRecord>,
    pub(crate) bar: UtilityBar,
    pub(crate) softphone: Softphone,
    pub(crate) session: Session,
    /// Whether numbers can be clicked.
    pub(crate) click_to_dial: bool,
    pub(crate) focused: bool,
    /// How often the page was loaded.
    loads: u64,
    /// How often a new-record window was replaced by another before it was saved or cancelled.
    pub(crate) lost_windows: u32,
    pub(crate) work: Vec<Work>,
}

/// What a browser keeps until it is closed: keep it where a reload and other tabs find it.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The softphone did not report in time once, so the standby page is loaded until the browser is closed.
    pub standby: bool,
}

/// A step of a cadence, from Sales Engagement.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Work {
    /// Its id.
    pub id: String,
    /// The number to call.
    pub to: String,
    /// Disposition, task and whether somebody answered; none while it is open.
    pub done: Option<(String, String, bool)>,
}

impl Page {
    /// A page of this origin, just loaded, on the app's home page; [`load`](Self::load) follows.
    pub(crate) fn new(org: &Org, origin: &str, user: &Id, app: &str, session: Session) -> Self {
        let console = org.app(app).is_some_and(|app| app.console);
        Self {
            origin: origin.into(),
            user: user.clone(),
            app: app.into(),
            nav: Nav::new(console),
            modal: None,
            bar: UtilityBar::new(org.call_center_of(user)),
            softphone: Softphone::Waiting,
            session,
            click_to_dial: false,
            focused: true,
            loads: 0,
            lost_windows: 0,
            work: Vec::new(),
        }
    }

    /// Starts over as a browser's reload does: the view stays, the utility bar and the softphone begin anew.
    pub(crate) fn load(&mut self, org: &Org, now: u64) {
        self.loads += 1;
        self.bar = UtilityBar::new(org.call_center_of(&self.user));
        self.click_to_dial = false;
        self.modal = None;
        let starts = org.app(&self.app).is_some_and(|app| app.start_automatically);
        self.softphone = match Softphone::plan(org, &self.user, &self.app) {
            Ok(()) => Softphone::Waiting,
            Err(because) => Softphone::Absent { because },
        };
        if starts {
            self.start(org, now);
        }
    }

    /// Loads the softphone's frame if it waits for that.
    pub(crate) fn start(&mut self, org: &Org, now: u64) {
        if self.softphone != Softphone::Waiting {
            return;
        }
        let item = if self.session.standby { "reqStandbyUrl" } else { "reqAdapterUrl" };
        let center = org.call_center_of(&self.user);
        let address = center.and_then(|center| center.general(item).or_else(|| center.general("reqAdapterUrl")));
        let (Some(address), Some(app)) = (address, org.app(&self.app)) else { return };
        let url = softphone::frame_url(address, &self.origin, app, self.loads);
        self.softphone = Softphone::Loaded { url, since: now, standby: self.session.standby, initialized: false };
    }

    /// Goes to the standby page, for the rest of the browser session.
    pub(crate) fn fall_back(&mut self, org: &Org, now: u64) {
        self.session.standby = true;
        self.softphone = Softphone::Waiting;
        self.click_to_dial = false;
        self.start(org, now);
    }

    /// The softphone reported that it runs.
    pub(crate) const fn initialized(&mut self) {
        if let Softphone::Loaded { initialized, .. } = &mut self.softphone {
            *initialized = true;
        }
    }

    /// How long a softphone has to report before the standby page takes over; none without a standby page.
    pub(crate) fn patience(&self, org: &Org) -> Option<u64> {
        let center = org.call_center_of(&self.user)?;
        center.general("reqStandbyUrl")?;
        center.general("reqTimeout")?.parse().ok()
    }

    /// The page's origin.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Who is logged in.
    #[must_use]
    pub const fn user(&self) -> &Id {
        &self.user
    }

    /// The app's name.
    #[must_use]
    pub fn app(&self) -> &str {
        &self.app
    }

    /// Views and tabs.
    #[must_use]
    pub const fn nav(&self) -> &Nav {
        &self.nav
    }

    /// What is in front.
    #[must_use]
    pub fn view(&self) -> &View {
        self.nav.current()
    }

    /// The window for a new record, if it is open.
    #[must_use]
    pub const fn new_record(&self) -> Option<&NewRecord> {
        self.modal.as_ref()
    }

    /// The utility bar.
    #[must_use]
    pub const fn bar(&self) -> &UtilityBar {
        &self.bar
    }

    /// The softphone.
    #[must_use]
    pub const fn softphone(&self) -> &Softphone {
        &self.softphone
    }

    /// What the browser keeps until it is closed.
    #[must_use]
    pub const fn session(&self) -> Session {
        self.session
    }

    /// Whether numbers can be clicked.
    #[must_use]
    pub const fn click_to_dial(&self) -> bool {
        self.click_to_dial
    }

    /// How often a new-record window was replaced by another before the agent was done with it.
    #[must_use]
    pub const fn lost_windows(&self) -> u32 {
        self.lost_windows
    }

    /// The steps of cadences that were begun.
    #[must_use]
    pub fn work(&self) -> &[Work] {
        &self.work
    }

    /// The page's relative address.
    #[must_use]
    pub fn path(&self, org: &Org) -> String {
        let behind = self.view().path(org);
        self.modal.as_ref().map_or_else(|| behind.clone(), |window| window.path(&behind))
    }

    /// What Open CTI is told of the page.
    #[must_use]
    pub fn on_wire(&self, org: &Org) -> AppView {
        let url = format!("{}{}", self.origin, self.path(org));
        if self.modal.is_some() {
            return AppView { url, ..AppView::default() };
        }
        self.view().on_wire(org, url)
    }
}
