//! An element while it is built.

use std::{cell::RefCell, rc::Rc};

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, Node};

use super::Scope;
use crate::model::Desk;

/// An element of the page, and its name for building.
#[derive(Clone)]
pub(crate) struct El(Element);

/// A new element; `class` may be empty.
pub(crate) fn el(tag: &str, class: &str) -> El {
    // Cannot fail: every tag in this crate is a name.
    let element = page().create_element(tag).expect("a valid tag");
    if !class.is_empty() {
        element.set_class_name(class);
    }
    El(element)
}

/// The document.
pub(crate) fn page() -> web_sys::Document {
    // The panel is only ever called in a page.
    web_sys::window().and_then(|window| window.document()).expect("a page")
}

/// What is looked at again after every change.
pub(crate) type Look<T> = dyn Fn(&Desk) -> T;

/// Builds a part.
type Build<'a> = &'a (dyn Fn(&Desk) -> Option<El> + 'a);

/// Has a part built, if it is time for it.
type Check = dyn Fn(&Desk, &dyn Fn(Build<'_>));

/// Builds the child of a key.
type One = dyn Fn(&Desk, Key) -> El;

/// Puts on the page what has changed.
type Show<T> = dyn Fn(T);

/// What stands at the place of a part that comes and goes.
type Shown = Rc<RefCell<Option<(Scope, Element)>>>;

impl El {
    pub(crate) const fn of(element: Element) -> Self {
        Self(element)
    }

    /// The element itself.
    pub(crate) const fn element(&self) -> &Element {
        &self.0
    }

    /// As HTML's own kind of element, e.g. an input.
    pub(crate) fn cast<T: JsCast + Clone>(&self) -> T {
        self.0.unchecked_ref::<T>().clone()
    }

    /// The name by which tests find it.
    pub(crate) fn id(self, testid: &str) -> Self {
        self.attr("data-testid", testid)
    }

    pub(crate) fn attr(self, name: &str, value: &str) -> Self {
        set(&self.0, name, Some(value));
        self
    }

    /// Text that stays. Always text, whatever it holds.
    pub(crate) fn text(self, text: &str) -> Self {
        self.append(&page().create_text_node(text))
    }

    /// Text that changes.
    pub(crate) fn says(self, desk: &Desk, text: impl Fn(&Desk) -> String + 'static) -> Self {
        let node = page().create_text_node("");
        let kept = node.clone();
        watch_text(desk, Box::new(text), Box::new(move |text| kept.set_data(text)));
        self.append(&node)
    }

    /// An attribute that changes.
    pub(crate) fn attr_now(self, name: &'static str, desk: &Desk, value: impl Fn(&Desk) -> String + 'static) -> Self {
        let element = self.0.clone();
        watch_text(desk, Box::new(value), Box::new(move |value| set(&element, name, Some(value))));
        self
    }

    /// An attribute that is there or not, with a value of a few.
    pub(crate) fn attr_if(self, name: &'static str, desk: &Desk, value: impl Fn(&Desk) -> Option<&'static str> + 'static) -> Self {
        let element = self.0.clone();
        watch_word(desk, Box::new(value), Box::new(move |value| set(&element, name, value)));
        self
    }

    /// Out of sight while this holds.
    pub(crate) fn hidden(self, desk: &Desk, hidden: impl Fn(&Desk) -> bool + 'static) -> Self {
        self.attr_if("hidden", desk, move |desk| hidden(desk).then_some(""))
    }

    pub(crate) fn on(self, event: &'static str, desk: &Desk, listener: impl Fn(&Desk, &Event) + 'static) -> Self {
        let at = desk.clone();
        desk.scope().listen(&self.0, event, Box::new(move |event| listener(&at, &event)));
        self
    }

    pub(crate) fn with(self, child: Self) -> Self {
        self.append(&child.0)
    }

    pub(crate) fn all(self, children: impl IntoIterator<Item = Self>) -> Self {
        children.into_iter().fold(self, Self::with)
    }

    /// A part that is built anew whenever `key` differs, or is not there.
    pub(crate) fn part<K: PartialEq + 'static>(
        self,
        desk: &Desk,
        key: impl Fn(&Desk) -> K + 'static,
        view: impl Fn(&Desk, &K) -> Option<Self> + 'static,
    ) -> Self {
        let last = RefCell::new(None);
        self.slot(
            desk,
            Box::new(move |desk, build| {
                let key = key(desk);
                if last.borrow().as_ref() != Some(&key) {
                    build(&|desk| view(desk, &key));
                    last.replace(Some(key));
                }
            }),
        )
    }

    /// A part that is there or not.
    pub(crate) fn part_if(self, desk: &Desk, there: impl Fn(&Desk) -> bool + 'static, view: impl Fn(&Desk) -> Self + 'static) -> Self {
        self.part(desk, there, move |desk, there| there.then(|| view(desk)))
    }

    /// One child per key; children of keys that stay are not touched.
    pub(crate) fn list(self, desk: &Desk, keys: impl Fn(&Desk) -> Vec<Key> + 'static, one: impl Fn(&Desk, Key) -> Self + 'static) -> Self {
        let children = RefCell::new(Vec::<(Key, Scope, Element)>::new());
        let place = self.0.clone();
        let keys: Box<Look<Vec<Key>>> = Box::new(keys);
        let one: Box<One> = Box::new(one);
        desk.watch(Rc::new(move |desk| arrange(desk, &place, &mut children.borrow_mut(), &keys(desk), &*one)));
        self
    }

    fn slot(self, desk: &Desk, check: Box<Check>) -> Self {
        let mark = page().create_comment("");
        let shown = Shown::default();
        let place = self.append(&mark);
        desk.watch(Rc::new(move |desk| check(desk, &|view| replace(desk, &mark, &shown, view))));
        place
    }

    fn append(self, child: &Node) -> Self {
        // Cannot fail: the child is new and no element's ancestor.
        let _ = self.0.append_child(child);
        self
    }
}

/// Names one child of a list.
pub(crate) type Key = (u64, u32);

fn replace(desk: &Desk, mark: &Node, shown: &Shown, view: Build<'_>) {
    if let Some((scope, element)) = shown.take() {
        scope.end();
        element.remove();
    }
    let scope = desk.scope().child();
    if let Some(El(element)) = view(&desk.within(&scope)) {
        if let Some(parent) = mark.parent_node() {
            // Cannot fail: the mark is the parent's child.
            let _ = parent.insert_before(&element, Some(mark));
        }
        shown.replace(Some((scope, element)));
    }
}

fn arrange(desk: &Desk, place: &Element, children: &mut Vec<(Key, Scope, Element)>, keys: &[Key], one: &One) {
    children.retain(|(key, scope, element)| {
        let stays = keys.contains(key);
        if !stays {
            scope.end();
            element.remove();
        }
        stays
    });
    for key in keys {
        // New ones come last, as the core's lists grow at their end.
        if children.iter().all(|(known, ..)| known != key) {
            let scope = desk.scope().child();
            let El(element) = one(&desk.within(&scope), *key);
            // Cannot fail: the element is new.
            let _ = place.append_child(&element);
            children.push((*key, scope, element));
        }
    }
}

fn watch_text(desk: &Desk, text: Box<Look<String>>, show: Box<dyn Fn(&str)>) {
    let last = RefCell::new(None);
    desk.watch(Rc::new(move |desk| {
        let text = text(desk);
        if last.borrow().as_ref() != Some(&text) {
            show(&text);
            last.replace(Some(text));
        }
    }));
}

fn watch_word(desk: &Desk, word: Box<Look<Option<&'static str>>>, show: Box<Show<Option<&'static str>>>) {
    let last = RefCell::new(None);
    desk.watch(Rc::new(move |desk| {
        let word = word(desk);
        if *last.borrow() != Some(word) {
            show(word);
            last.replace(Some(word));
        }
    }));
}

fn set(element: &Element, name: &str, value: Option<&str>) {
    // Cannot fail: every name in this crate is one.
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

/// Gives the focus to an element, if it takes it.
pub(crate) fn focus(element: &Element) {
    // An element that cannot take the focus leaves it where it is.
    let _ = element.unchecked_ref::<HtmlElement>().focus();
}
