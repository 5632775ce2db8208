//! What is kept in the browser for the next page: the last good settings, and the core's own bytes, encrypted.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use hookswitch_definition::Flat;
use js_sys::{Array, Function, JSON, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::Storage;

use crate::{
    config::{flat, object},
    keep::Keep,
    read::Reader,
    spawn::spawn,
    vault::Vault,
};

/// The storage of one org. Every key begins with the org's origin, because other orgs that frame the page share its storage.
pub(crate) struct Store {
    prefix: String,
    pub(crate) keep: Keep,
    /// None where the browser gives the page no storage: everything works, until the page is gone.
    pub(crate) storage: Option<Storage>,
    vault: RefCell<Option<Rc<Vault>>>,
    /// The newest bytes not yet written.
    next: RefCell<Option<Vec<u8>>>,
    /// The newest bytes, written or not.
    kept: RefCell<Vec<u8>>,
    writing: Cell<bool>,
    /// Who waits until all is written.
    waiting: RefCell<Vec<Function>>,
}

impl Store {
    /// The storage of the org with that origin. Nothing is read or written yet.
    pub(crate) fn new(origin: &str, keep: &Keep) -> Rc<Self> {
        Rc::new(Self {
            prefix: prefix(origin),
            keep: keep.clone(),
            storage: web_sys::window().and_then(|window| window.local_storage().ok().flatten()),
            vault: RefCell::default(),
            next: RefCell::default(),
            kept: RefCell::default(),
            writing: Cell::new(false),
            waiting: RefCell::default(),
        })
    }

    /// What every key begins with.
    pub(crate) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The last good settings, and when they were stored, wall-clock milliseconds.
    pub(crate) fn settings(&self) -> Option<(Flat, u64)> {
        let stored = || self.storage.as_ref()?.get_item(&self.key("settings")).ok()?;
        let text = self.keep.copy().or_else(stored)?;
        let value = JSON::parse(&text).ok()?;
        let copy = Reader::new(&value, "settings").ok()?;
        let saved = copy.whole("saved").ok()?;
        let entries = flat(&copy.value("entries")?)?;
        (!entries.is_empty()).then_some((entries, saved))
    }

    /// Keep these settings in place of the last ones.
    pub(crate) fn keep_settings(&self, settings: &Flat, wall: u64) {
        let copy = object(core::iter::empty());
        // Neither can fail: these are plain objects made here.
        let _ = js_sys::Reflect::set(&copy, &"saved".into(), &(wall as f64).into());
        let _ = js_sys::Reflect::set(&copy, &"entries".into(), &object(settings.iter()));
        let Some(text) = JSON::stringify(&copy).ok().and_then(|text| text.as_string()) else { return };
        self.keep.set_copy(&text);
        if let Some(storage) = &self.storage {
            // A full storage loses the copy, not the phone.
            let _ = storage.set_item(&self.key("settings"), &text);
        }
    }

    /// What the core asked to keep last; nothing, if it kept nothing. None if it is there and cannot be read.
    pub(crate) async fn journal(&self) -> Option<Option<Vec<u8>>> {
        // An earlier instance on this page left it: newer than what it may have been writing when it broke.
        if let Some(journal) = self.keep.journal() {
            return Some(Some(journal).filter(|journal| !journal.is_empty()));
        }
        if self.vault().await.is_none() {
            // Where nothing can be kept nothing was.
            return Some(None);
        }
        self.unseal(JOURNAL).await
    }

    /// What was sealed under that name; nothing, if nothing was. None if it cannot be read, now or for ever.
    pub(crate) async fn unseal(&self, name: &str) -> Option<Option<Vec<u8>>> {
        let vault = self.vault().await?;
        match vault.sealed(name).await? {
            Some(sealed) => vault.open(&sealed).await.map(Some),
            None => Some(None),
        }
    }

    /// Something may lie apart. The browser is asked for it only then: no page begins with that.
    pub(crate) fn has_aside(&self) -> bool {
        self.storage.as_ref().is_some_and(|storage| storage.get_item(&self.key(MARK)).ok().flatten().is_some())
    }

    /// Keep these bytes in place of the last ones; empty: keep nothing. Of several calls in a row only the last may be carried out.
    pub(crate) fn keep_journal(self: &Rc<Self>, journal: Vec<u8>) {
        // The core asks whenever something changed, whatever it was.
        if *self.kept.borrow() == journal {
            return;
        }
        self.kept.borrow_mut().clone_from(&journal);
        // A copy: the page keeps it longer than this instance's memory lasts.
        self.keep.set_journal(&Uint8Array::from(journal.as_slice()));
        self.next.replace(Some(journal));
        if self.writing.replace(true) {
            return;
        }
        let store = Rc::clone(self);
        spawn(async move {
            loop {
                // Taken out in a statement of its own: the borrow must not last into the writing.
                let next = store.next.take();
                let Some(journal) = next else { break };
                store.seal(JOURNAL, &journal).await;
            }
            store.writing.set(false);
            for waits in store.waiting.take() {
                // Resolves a promise, which cannot fail.
                let _ = waits.call0(&JsValue::NULL);
            }
        });
    }

    /// Something is not written yet.
    pub(crate) const fn is_writing(&self) -> bool {
        self.writing.get()
    }

    /// Waits until everything is written, or cannot be.
    #[cfg(test)]
    pub(crate) async fn settled(&self) {
        while self.writing.get() {
            let written = Promise::new(&mut |resolve, _| self.waiting.borrow_mut().push(resolve));
            // It is only ever resolved.
            let _ = JsFuture::from(written).await;
        }
    }

    /// The same, for so long at most.
    pub(crate) async fn settled_within(&self, ms: f64) {
        if self.writing.get() {
            let written = Promise::new(&mut |resolve, _| self.waiting.borrow_mut().push(resolve));
            // Neither is ever rejected.
            let _ = JsFuture::from(Promise::race(&Array::of2(&written, &self.keep.sleep(ms)))).await;
        }
    }

    /// Keep these bytes under that name, encrypted; empty: keep nothing.
    pub(crate) async fn seal(&self, name: &str, bytes: &[u8]) {
        let Some(vault) = self.vault().await else { return };
        let sealed = if bytes.is_empty() { None } else { vault.seal(bytes).await };
        if sealed.is_some() || bytes.is_empty() {
            // A full disk loses what is kept, not the phone.
            let _ = vault.put_down(name, sealed.as_deref()).await;
        }
    }

    pub(crate) async fn vault(&self) -> Option<Rc<Vault>> {
        if let Some(vault) = &*self.vault.borrow() {
            return Some(Rc::clone(vault));
        }
        let vault = Rc::new(Vault::of(&self.key("vault")).await?);
        self.vault.replace(Some(Rc::clone(&vault)));
        Some(vault)
    }

    pub(crate) fn key(&self, name: &str) -> String {
        format!("{}{name}", self.prefix)
    }
}

/// The name of what the core keeps.
pub(crate) const JOURNAL: &str = "journal";
/// In `localStorage`: something lies apart.
pub(crate) const MARK: &str = "unread";

/// What every lock, channel, database and key of an org begins with.
pub(crate) fn prefix(origin: &str) -> String {
    format!("hookswitch:{origin}:")
}

#[cfg(test)]
pub(crate) mod tests {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    pub(crate) const ACME: &str = "https://acme.lightning.force.com";

    /// The storage of an org, as a new page has it.
    pub(crate) fn store_of(origin: &str) -> Rc<Store> {
        Store::new(origin, &js_sys::Object::new().unchecked_into())
    }

    pub(crate) fn forget() {
        web_sys::window().unwrap().local_storage().unwrap().unwrap().clear().unwrap();
    }

    #[wasm_bindgen_test]
    async fn bytes_come_back_on_the_next_page_and_only_the_newest() {
        forget();
        let store = store_of(ACME);
        for bytes in [vec![1], vec![2; 1000], vec![0, 255, 128]] {
            store.keep_journal(bytes);
        }
        store.settled().await;
        assert_eq!(store_of(ACME).journal().await, Some(Some(vec![0, 255, 128])));
    }

    #[wasm_bindgen_test]
    async fn the_next_instance_on_the_page_has_it_even_where_nothing_can_be_stored() {
        forget();
        let keep: Keep = js_sys::Object::new().unchecked_into();
        let store = Store::new(ACME, &keep);
        let settings: Flat = [("/a/b", "c")].into_iter().collect();
        store.keep_journal(vec![3]);
        store.keep_settings(&settings, 7);
        store.settled().await;
        forget();
        assert_eq!(Store::new(ACME, &keep).journal().await, Some(Some(vec![3])));
        assert_eq!(Store::new(ACME, &keep).settings(), Some((settings, 7)));
    }

    #[wasm_bindgen_test]
    async fn what_is_stored_cannot_be_read_or_exchanged() {
        forget();
        let store = store_of(ACME);
        store.keep_journal(b"+14155550100".to_vec());
        store.settled().await;
        let vault = store.vault().await.unwrap();
        let sealed = vault.sealed(JOURNAL).await.unwrap().unwrap();
        assert!(!sealed.windows(7).any(|part| part == b"4155550"));
        // Another org of the same site moves it to its own place.
        let other = store_of("https://evil.lightning.force.com");
        other.vault().await.unwrap().put_down(JOURNAL, Some(&sealed)).await.unwrap();
        assert_eq!(other.journal().await, None);
        // And what was changed is not what was sealed.
        let mut changed = sealed;
        changed[NONCE_AND_MORE] ^= 1;
        vault.put_down(JOURNAL, Some(&changed)).await.unwrap();
        assert_eq!(store_of(ACME).journal().await, None);
    }

    const NONCE_AND_MORE: usize = 14;

    #[wasm_bindgen_test]
    async fn nothing_to_keep_leaves_nothing() {
        forget();
        let store = store_of(ACME);
        store.keep_journal(vec![7]);
        store.keep_journal(Vec::new());
        store.settled().await;
        assert_eq!(store.vault().await.unwrap().sealed(JOURNAL).await, Some(None));
    }

    #[wasm_bindgen_test]
    fn settings_are_kept_per_org_with_their_time() {
        forget();
        let settings: Flat = [("/hookswitchProvider/provider", "simulated")].into_iter().collect();
        store_of(ACME).keep_settings(&settings, 1_768_471_331_000);
        assert_eq!(store_of(ACME).settings(), Some((settings, 1_768_471_331_000)));
        assert_eq!(store_of("https://evil.lightning.force.com").settings(), None);
    }

    #[wasm_bindgen_test]
    fn nonsense_in_the_storage_is_no_settings() {
        forget();
        let store = store_of(ACME);
        for nonsense in ["", "{", "[]", "{}", r#"{"saved":"x","entries":{}}"#, r#"{"saved":1,"entries":[]}"#, r#"{"saved":1,"entries":{}}"#]
        {
            store.storage.clone().unwrap().set_item(&store.key("settings"), nonsense).unwrap();
            assert_eq!(store.settings(), None, "{nonsense}");
        }
    }
}
