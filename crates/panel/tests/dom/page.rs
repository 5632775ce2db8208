//! A panel on a page, and hands and eyes for it.

use std::{cell::RefCell, rc::Rc, time::Duration};

use hookswitch_core::{AgentCommand, CallView, Dialable, Refusal, Snapshot, dialable, settings::Dialing};
use hookswitch_panel::{Checked, Desk, Finder, Hands, Mounted, mount};
use hookswitch_shell::{Directory, Entry, Search, Status};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement, HtmlTextAreaElement, KeyboardEvent, KeyboardEventInit};

use crate::states;

/// Milliseconds since 1970.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "milliseconds since 1970 are whole and positive")]
pub(crate) fn now() -> u64 {
    js_sys::Date::now() as u64
}

pub(crate) fn document() -> Document {
    web_sys::window().unwrap().document().unwrap()
}

/// Takes itself off the page when dropped.
pub(crate) struct Page {
    pub(crate) desk: Desk,
    pub(crate) root: HtmlElement,
    answer: Rc<RefCell<Result<(), Refusal>>>,
    mounted: Option<Mounted>,
    sent: Rc<RefCell<Vec<AgentCommand>>>,
    status: RefCell<Status>,
    pub(crate) signed_in: Rc<RefCell<Vec<(String, String)>>>,
    /// Self-checks that nobody has answered yet, oldest first.
    pub(crate) looks: Rc<RefCell<Looks>>,
    pub(crate) people: People,
    /// What the phone kept for support.
    pub(crate) kept: Rc<RefCell<Option<String>>>,
}

/// A directory that knows what the test says, and what it was asked.
#[derive(Clone, Default)]
pub(crate) struct People {
    pub(crate) known: Rc<RefCell<Directory>>,
    pub(crate) searched: Rc<RefCell<Vec<String>>>,
}

impl Finder for People {
    fn directory(&self) -> Rc<Directory> {
        Rc::new(self.known.borrow().clone())
    }

    fn search(&self, text: &str, page: u32) {
        self.searched.borrow_mut().push(format!("{text} {page}"));
        self.known.borrow_mut().search = Search::Searching { text: text.to_owned() };
    }

    fn set_favourite(&self, entry: &Entry, on: bool) {
        let favourites = &mut self.known.borrow_mut().favourites;
        favourites.retain(|known| known.number != entry.number);
        if on {
            favourites.push(entry.clone());
        }
    }
}

type Looks = Vec<Box<dyn FnOnce(Checked)>>;

impl Page {
    /// The panel in a state of the gallery.
    pub(crate) async fn in_state(name: &str) -> Self {
        let (snapshot, status) = states::state(name, now()).unwrap();
        Self::with(snapshot, status).await
    }

    /// The panel with one call.
    pub(crate) async fn with_call(call: CallView) -> Self {
        Self::with(with_call(call), states::running()).await
    }

    pub(crate) async fn with(snapshot: Snapshot, status: Status) -> Self {
        // A test that failed left its page behind, which is no reason for the next one to fail.
        while let Some(left) = document().query_selector("[data-page]").unwrap() {
            left.remove();
        }
        let root: HtmlElement = document().create_element("div").unwrap().unchecked_into();
        root.set_attribute("data-page", "").unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let (answer, sent, signed_in) = (Rc::new(RefCell::new(Ok(()))), Rc::default(), Rc::default());
        let looks: Rc<RefCell<Looks>> = Rc::default();
        let (people, kept) = (People::default(), Rc::<RefCell<Option<String>>>::default());
        let hands = hands(Rc::clone(&answer), Rc::clone(&sent), Rc::clone(&signed_in), Rc::clone(&looks), people.clone(), Rc::clone(&kept));
        let desk = Desk::new(Rc::new(snapshot), Rc::new(status.clone()), hands);
        let mounted = mount(&root, desk.clone());
        let page = Self { desk, root, answer, mounted: Some(mounted), sent, signed_in, looks, people, kept, status: RefCell::new(status) };
        page.settle().await;
        page
    }

    /// Everything that comes from now on is answered so.
    pub(crate) fn answers(&self, answer: Result<(), Refusal>) {
        *self.answer.borrow_mut() = answer;
    }

    pub(crate) async fn shows(&self, snapshot: Snapshot) {
        self.desk.show(Rc::new(snapshot), Rc::new(self.status.borrow().clone()));
        self.settle().await;
    }

    pub(crate) async fn shows_status(&self, snapshot: Snapshot, status: Status) {
        self.status.replace(status);
        self.shows(snapshot).await;
    }

    pub(crate) async fn press(&self, testid: &str) {
        self.get(testid).click();
        self.settle().await;
    }

    pub(crate) async fn key(&self, element: &Element, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_cancelable(true);
        element.dispatch_event(&KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap()).unwrap();
        self.settle().await;
    }

    /// Types into a field, as far as the page can tell.
    pub(crate) async fn types(&self, testid: &str, text: &str) {
        let field = self.get(testid);
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).unwrap();
        let event = web_sys::Event::new("input").unwrap();
        field.dispatch_event(&event).unwrap();
        self.settle().await;
    }

    /// Until effects have run and zero timers have fired.
    pub(crate) async fn settle(&self) {
        let promise = js_sys::Promise::new(&mut |resolve, _| {
            let window = web_sys::window().unwrap();
            let delay = i32::try_from(Duration::from_millis(20).as_millis()).unwrap();
            window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, delay).unwrap();
        });
        wasm_bindgen_futures::JsFuture::from(promise).await.unwrap();
    }

    pub(crate) fn sent(&self) -> Vec<AgentCommand> {
        self.sent.borrow().clone()
    }

    pub(crate) fn find(&self, testid: &str) -> Option<HtmlElement> {
        self.root.query_selector(&format!("[data-testid='{testid}']")).unwrap().map(JsCast::unchecked_into)
    }

    pub(crate) fn get(&self, testid: &str) -> HtmlElement {
        self.find(testid).unwrap_or_else(|| panic!("{testid} is on the panel"))
    }

    pub(crate) fn text(&self, testid: &str) -> String {
        self.get(testid).text_content().unwrap_or_default().trim().to_owned()
    }

    pub(crate) fn attribute(&self, testid: &str, name: &str) -> String {
        self.get(testid).get_attribute(name).unwrap_or_default()
    }

    pub(crate) fn notes(&self) -> HtmlTextAreaElement {
        self.get("notes").unchecked_into()
    }

    /// The test id of the element that has the focus.
    pub(crate) fn focused(&self) -> String {
        document().active_element().and_then(|active| active.get_attribute("data-testid")).unwrap_or_default()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.mounted.take();
        self.root.remove();
    }
}

/// Idle, but for one call.
pub(crate) fn with_call(call: CallView) -> Snapshot {
    Snapshot { calls: vec![call], dial: Some("busy"), ..states::idle() }
}

/// As in an org of the United States.
pub(crate) fn american(number: &str) -> Option<Dialable> {
    dialable(number, &Dialing { country: Some("US".into()), ..Dialing::default() })
}

fn hands(
    answer: Rc<RefCell<Result<(), Refusal>>>,
    sent: Rc<RefCell<Vec<AgentCommand>>>,
    signed_in: Rc<RefCell<Vec<(String, String)>>>,
    looks: Rc<RefCell<Looks>>,
    people: People,
    kept: Rc<RefCell<Option<String>>>,
) -> Hands {
    Hands {
        command: Box::new(move |command| {
            sent.borrow_mut().push(command);
            answer.borrow().clone()
        }),
        sign_in: Box::new(move |user, password| signed_in.borrow_mut().push((user.to_owned(), password.to_owned()))),
        preview: Box::new(american),
        enable_sound: Box::new(|| {}),
        finder: Box::new(people),
        check: Box::new(move |told| looks.borrow_mut().push(told)),
        record: Box::new(|| {}),
        journal: Box::new(move || kept.borrow().clone()),
    }
}
