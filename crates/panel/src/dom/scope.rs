//! How long what belongs to a view lives.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, Event};

use crate::model::Desk;

/// The life of a view: what it watches, what it listens to, and the views within it. Clones are the same scope.
#[derive(Clone, Default)]
pub(crate) struct Scope(Rc<Inner>);

#[derive(Default)]
struct Inner {
    children: RefCell<Vec<Scope>>,
    ended: Cell<bool>,
    endings: RefCell<Vec<Box<dyn FnOnce()>>>,
    listeners: RefCell<Vec<(Element, &'static str, Listener)>>,
    watchers: RefCell<Vec<Watcher>>,
}

type Listener = Closure<dyn Fn(Event)>;
type Watcher = Rc<dyn Fn(&Desk)>;

impl Scope {
    /// A scope that ends with this one.
    pub(crate) fn child(&self) -> Self {
        let child = Self::default();
        self.0.children.borrow_mut().push(child.clone());
        child
    }

    /// Runs `watcher` now and after every change.
    pub(crate) fn watch(&self, desk: &Desk, watcher: Watcher) {
        watcher(desk);
        self.0.watchers.borrow_mut().push(watcher);
    }

    /// Calls `listener` for an element's events.
    pub(crate) fn listen(&self, element: &Element, event: &'static str, listener: Box<dyn Fn(Event)>) {
        let listener = Closure::wrap(listener);
        // Cannot fail: the listener is a function.
        let _ = element.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        self.0.listeners.borrow_mut().push((element.clone(), event, listener));
    }

    /// Runs `ending` when the scope ends.
    pub(crate) fn at_end(&self, ending: Box<dyn FnOnce()>) {
        self.0.endings.borrow_mut().push(ending);
    }

    /// Asks everything that watches, the outer before the inner: a view may go with the change that would concern it.
    pub(crate) fn refresh(&self, desk: &Desk) {
        let watchers = self.0.watchers.borrow().clone();
        if watchers.is_empty() && self.0.children.borrow().is_empty() {
            return;
        }
        let here = desk.within(self);
        for watcher in watchers {
            if self.0.ended.get() {
                return;
            }
            watcher(&here);
        }
        self.0.children.borrow_mut().retain(|child| !child.0.ended.get());
        let children = self.0.children.borrow().clone();
        for child in children {
            child.refresh(desk);
        }
    }

    /// Ends it and everything within; harmless when repeated.
    pub(crate) fn end(&self) {
        self.0.ended.set(true);
        let children = self.0.children.take();
        for child in children {
            child.end();
        }
        for ending in self.0.endings.take() {
            ending();
        }
        self.0.watchers.take();
        for (element, event, listener) in self.0.listeners.take() {
            // An element that has the focus says so when it is taken away: nobody is there to hear it. Cannot fail: the listener is a function.
            let _ = element.remove_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        }
    }
}

/// What a view remembers for itself, e.g. that its menu is open.
#[derive(Clone, Default)]
pub(crate) struct Held<T>(Rc<RefCell<T>>);

impl<T: Clone + PartialEq> Held<T> {
    pub(crate) fn get(&self) -> T {
        self.0.borrow().clone()
    }

    /// Everything that watches is told, if this is a change.
    pub(crate) fn set(&self, desk: &Desk, value: T) {
        if *self.0.borrow() != value {
            *self.0.borrow_mut() = value;
            desk.changed();
        }
    }
}
