//! A typed client of `window.sforce.opencti`.
//!
//! Nothing in Salesforce's script ever times out, so every call here has a deadline of its own. The clock that measures it is the caller's: a
//! page in a hidden tab needs one that lives in a Worker.

mod call;
mod listeners;
mod script;
mod values;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::pin::Pin;
use std::rc::Rc;

use js_sys::Promise;

pub use self::call::{CONTAINER_WAITS_MS, DEADLINE_MS};
use self::listeners::Attached;
pub use self::script::{Script, appears, check_frame, is_present};
use crate::pop::escaped_pairs;
use crate::{
    AppView, ClickToDial, CompleteWork, CtiError, Failure, Fields, Layout, Method, Plain, ScreenPop, Search, SearchResult, WorkStart,
    saved_record_id,
};

/// A promise that resolves after so many milliseconds: the caller's clock.
pub type Sleep = Rc<dyn Fn(u32) -> Promise>;

/// An answer that came after its call was given up.
#[derive(Clone, Debug, PartialEq)]
pub struct Late {
    /// The call, with the arguments it was made with.
    pub method: Method,
    /// What the answer says; for `saveLog`, see [`saved_record_id`].
    pub outcome: Result<Plain, Vec<CtiError>>,
}

type LateHook = Rc<dyn Fn(Late)>;

/// The client. Clones share listeners and hooks.
#[derive(Clone)]
pub struct Client {
    shared: Rc<Shared>,
    deadline_ms: u32,
}

struct Shared {
    sleep: Sleep,
    late: RefCell<Option<LateHook>>,
    attached: RefCell<Vec<Attached>>,
    late_count: Cell<u32>,
}

impl Client {
    /// A client on that clock. The script need not be there yet: calls then fail with [`Failure::NoApi`].
    #[must_use]
    pub fn new(sleep: Sleep) -> Self {
        let shared = Shared { sleep, late: RefCell::new(None), attached: RefCell::new(Vec::new()), late_count: Cell::new(0) };
        Self { shared: Rc::new(shared), deadline_ms: DEADLINE_MS }
    }

    /// The same client with another deadline for the calls made on what is returned.
    #[must_use]
    pub fn within(&self, deadline_ms: u32) -> Self {
        Self { deadline_ms, ..self.clone() }
    }

    /// Names who is told of answers that come after their call was given up. A log saved late is saved: do not save it again.
    pub fn on_late(&self, hook: impl Fn(Late) + 'static) {
        self.shared.late.replace(Some(Rc::new(hook)));
    }

    /// How many answers came too late so far.
    #[must_use]
    pub fn late_answers(&self) -> u32 {
        self.shared.late_count.get()
    }

    /// Makes any call but the registrations of listeners, and returns its `returnValue`.
    ///
    /// While Lightning answers that its container is not ready the call is made again, after growing waits, for about half a minute.
    ///
    /// # Errors
    ///
    /// Every [`Failure`] but `Unreadable`.
    pub async fn call(&self, method: &Method) -> Result<Plain, Failure> {
        let response = self.response(method, None).await?;
        Ok(values::return_value(&response))
    }

    /// The orders share one boxed future: a state machine of its own for each of them would triple what they weigh.
    fn order(&self, method: Method) -> Pin<Box<dyn Future<Output = Result<(), Failure>>>> {
        let client = self.clone();
        Box::pin(async move { client.response(&method, None).await.map(|_| ()) })
    }

    /// The questions share another.
    fn ask(&self, method: Method) -> Pin<Box<dyn Future<Output = Result<Plain, Failure>>>> {
        let client = self.clone();
        Box::pin(async move { client.call(&method).await })
    }

    /// Numbers on the page can be clicked.
    ///
    /// # Errors
    ///
    /// A [`Failure`]; so for every method below.
    pub async fn enable_click_to_dial(&self) -> Result<(), Failure> {
        self.order(Method::EnableClickToDial).await
    }

    /// Numbers on the page can no longer be clicked.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn disable_click_to_dial(&self) -> Result<(), Failure> {
        self.order(Method::DisableClickToDial).await
    }

    /// Who is told of clicks on numbers. Registered with Salesforce once per page; a second call only changes who is told.
    ///
    /// # Errors
    ///
    /// `NoApi`, `NoMethod` or `Thrown`. Salesforce does not answer registrations: register after a first call has succeeded.
    pub fn on_click_to_dial(&self, told: impl Fn(ClickToDial) + 'static) -> Result<(), Failure> {
        self.listen(&Method::OnClickToDial, move |payload| told(ClickToDial::from_plain(payload)))
    }

    /// Who is told when the agent moves to another page, one's own pops included.
    ///
    /// # Errors
    ///
    /// See [`on_click_to_dial`](Self::on_click_to_dial).
    pub fn on_navigation_change(&self, told: impl Fn(AppView) + 'static) -> Result<(), Failure> {
        self.listen(&Method::OnNavigationChange, move |payload| told(AppView::from_plain(payload)))
    }

    /// Who is told when a step of a cadence begins.
    ///
    /// # Errors
    ///
    /// See [`on_click_to_dial`](Self::on_click_to_dial).
    pub fn on_work_start(&self, told: impl Fn(WorkStart) + 'static) -> Result<(), Failure> {
        self.listen(&Method::OnWorkStart, move |payload| told(WorkStart::from_plain(payload)))
    }

    /// The page in front of the agent.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn app_view(&self) -> Result<AppView, Failure> {
        let answer = self.ask(Method::GetAppViewInfo).await?;
        Ok(AppView::from_plain(&answer))
    }

    /// The call center's settings by path, `/section/item`.
    ///
    /// # Errors
    ///
    /// A [`Failure`]; `Unreadable` if the answer is no map.
    pub async fn call_center_settings(&self) -> Result<BTreeMap<String, String>, Failure> {
        let answer = self.ask(Method::GetCallCenterSettings).await?;
        let fields = answer.record().ok_or(Failure::Unreadable { method: "getCallCenterSettings" })?;
        // Every value is documented as text; what is not text is printed rather than lost.
        let mut settings = BTreeMap::new();
        for (path, value) in fields.iter().filter(|(_, value)| **value != Plain::Null) {
            // Collecting would sort first, and the sort weighs more than the client's heart.
            settings.insert(path.to_owned(), value.printed());
        }
        Ok(settings)
    }

    /// The softphone layout of the agent's profile.
    ///
    /// # Errors
    ///
    /// A [`Failure`]; `Unreadable` if the answer is no layout.
    pub async fn softphone_layout(&self) -> Result<Layout, Failure> {
        let answer = self.ask(Method::GetSoftphoneLayout).await?;
        answer.record().ok_or(Failure::Unreadable { method: "getSoftphoneLayout" })?;
        Ok(Layout::from_plain(&answer))
    }

    /// Whether the panel is open rather than minimised.
    ///
    /// # Errors
    ///
    /// A [`Failure`]; `Unreadable` if the answer does not say.
    pub async fn is_panel_visible(&self) -> Result<bool, Failure> {
        let answer = self.ask(Method::IsSoftphonePanelVisible).await?;
        let visible = answer.record().and_then(|fields| fields.get("visible")).and_then(Plain::flag);
        visible.ok_or(Failure::Unreadable { method: "isSoftphonePanelVisible" })
    }

    /// Opens or minimises the panel.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_panel_visibility(&self, visible: bool) -> Result<(), Failure> {
        self.order(Method::SetSoftphonePanelVisibility { visible }).await
    }

    /// The panel's height, documented as 240 to 2560 pixels.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_panel_height(&self, pixels: u32) -> Result<(), Failure> {
        self.order(Method::SetSoftphonePanelHeight { height_px: pixels.into() }).await
    }

    /// The panel's width, documented as 200 to 1920 pixels.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_panel_width(&self, pixels: u32) -> Result<(), Failure> {
        self.order(Method::SetSoftphonePanelWidth { width_px: pixels.into() }).await
    }

    /// The label in the panel's header.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_panel_label(&self, label: &str) -> Result<(), Failure> {
        self.order(Method::SetSoftphonePanelLabel { label: label.into() }).await
    }

    /// The label of the button in the utility bar.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_item_label(&self, label: &str) -> Result<(), Failure> {
        self.order(Method::SetSoftphoneItemLabel { label: label.into() }).await
    }

    /// The icon in the panel's header: a utility icon's name without prefix.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_panel_icon(&self, key: &str) -> Result<(), Failure> {
        self.order(Method::SetSoftphonePanelIcon { key: key.into() }).await
    }

    /// The icon of the button in the utility bar: a utility icon's name without prefix.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn set_item_icon(&self, key: &str) -> Result<(), Failure> {
        self.order(Method::SetSoftphoneItemIcon { key: key.into() }).await
    }

    /// The softphone runs: the standby page is not needed. Call it once, before anything slow.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn notify_initialization_complete(&self) -> Result<(), Failure> {
        self.order(Method::NotifyInitializationComplete).await
    }

    /// Draws the page again, so that a saved log is seen.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn refresh_view(&self) -> Result<(), Failure> {
        self.order(Method::RefreshView).await
    }

    /// Runs a method of an Apex class as the agent, and returns what it returned, text mostly.
    ///
    /// # Errors
    ///
    /// A [`Failure`]; `Unreadable` if the answer has no result.
    pub async fn run_apex(&self, class: &str, name: &str, parameters: &Fields) -> Result<Plain, Failure> {
        let method_params = (!parameters.is_empty()).then(|| escaped_pairs(parameters));
        let method = Method::RunApex { apex_class: class.into(), method_name: name.into(), method_params };
        let answer = self.ask(method).await?;
        let result = answer.record().and_then(|fields| fields.get("runApex")).cloned();
        result.ok_or(Failure::Unreadable { method: "runApex" })
    }

    /// Creates a record (`entityApiName` and no `Id`) or updates one (`Id`), and returns its id.
    ///
    /// # Errors
    ///
    /// A [`Failure`]. After `NoReply` and `Unreadable` the record may exist: see [`Failure::is_without_effect`] and [`on_late`](Self::on_late).
    pub async fn save_log(&self, record: Fields) -> Result<String, Failure> {
        let method = Method::SaveLog { object: record };
        let answer = self.ask(method).await?;
        saved_record_id(&answer).ok_or(Failure::Unreadable { method: "saveLog" })
    }

    /// Shows a page. Success means that Salesforce set out for it, not that it was reached.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn screen_pop(&self, pop: ScreenPop) -> Result<(), Failure> {
        self.order(Method::ScreenPop(pop)).await
    }

    /// Finds records and, unless deferred, shows what the layout says.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn search_and_screen_pop(&self, search: Search) -> Result<SearchResult, Failure> {
        let answer = self.ask(Method::SearchAndScreenPop(search)).await?;
        Ok(SearchResult::from_plain(&answer))
    }

    /// Sends a message, a record or a list, to a Lightning message channel.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn publish(&self, channel: &str, message: Option<Plain>) -> Result<(), Failure> {
        self.order(Method::Publish { channel: channel.into(), message }).await
    }

    /// Who is told of messages on a Lightning message channel. One subscription per channel and page; a second call only changes who is told.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn subscribe(&self, channel: &str, told: impl Fn(&Plain) + 'static) -> Result<(), Failure> {
        self.listen_to_channel(channel, told).await
    }

    /// Nobody is told of that channel any longer. Without a subscription nothing happens.
    ///
    /// # Errors
    ///
    /// `NoApi`, `NoMethod` or `Thrown`.
    pub fn unsubscribe(&self, channel: &str) -> Result<(), Failure> {
        self.leave_channel(channel)
    }

    /// A step of a cadence is done; call it after the Task is saved.
    ///
    /// # Errors
    ///
    /// See [`enable_click_to_dial`](Self::enable_click_to_dial).
    pub async fn complete_work(&self, work: CompleteWork) -> Result<(), Failure> {
        self.order(Method::CompleteWork(work)).await
    }
}
