//! What an earlier page left and nobody could read: kept apart with its day, tried again, and not for longer than anything else.

use std::rc::Rc;

use hookswitch_core::Input;

use crate::{
    clock,
    desk::Desk,
    spawn::spawn,
    store::{JOURNAL, MARK, Store},
};

impl Store {
    /// Put what cannot be read away from where the next is written: a later release, or a later moment, may read it. What lies there already is not
    /// overwritten.
    #[inline(never)]
    pub(crate) async fn set_journal_aside(&self, day: u32) {
        let Some(vault) = self.vault().await else { return };
        let Some(Some(sealed)) = vault.sealed(JOURNAL).await else { return };
        for place in PLACES {
            if vault.sealed(place).await == Some(None) {
                let bytes = [&day.to_le_bytes()[..], &sealed].concat();
                // A full disk loses what is kept, not the phone.
                if vault.move_to(place, &bytes, JOURNAL).await.is_some() {
                    self.mark(true);
                }
                return;
            }
        }
    }

    /// What lies apart and can be opened, with its place.
    async fn asides(&self) -> Vec<(&'static str, Vec<u8>)> {
        let mut all = Vec::new();
        let Some(vault) = self.vault().await else { return all };
        for place in PLACES {
            if let Some(Some(bytes)) = vault.sealed(place).await
                && let Some((_, sealed)) = bytes.split_at_checked(DAY)
                && let Some(opened) = vault.open(sealed).await
            {
                all.push((place, opened));
            }
        }
        all
    }

    /// It is where it belongs again.
    async fn forget_aside(&self, place: &str) {
        if let Some(vault) = self.vault().await {
            // It is taken up once more on the next page then, which knows its logs.
            let _ = vault.put_down(place, None).await;
        }
    }

    /// Deletes what lies there from before that day.
    #[inline(never)]
    async fn forget_asides_before(&self, oldest: u32) {
        let Some(vault) = self.vault().await else { return };
        let mut left = false;
        for place in PLACES {
            if let Some(Some(bytes)) = vault.sealed(place).await {
                let day = bytes.first_chunk().map_or(0, |day| u32::from_le_bytes(*day));
                if day >= oldest || vault.put_down(place, None).await.is_none() {
                    left = true;
                }
            }
        }
        self.mark(left);
    }

    fn mark(&self, there: bool) {
        if let Some(storage) = &self.storage {
            // Neither fails but where nothing is stored at all.
            let _ = if there { storage.set_item(&self.key(MARK), "1") } else { storage.remove_item(&self.key(MARK)) };
        }
    }
}

impl Desk {
    /// What an earlier page left cannot be read: it is kept apart, and the agent is told.
    #[inline(never)]
    pub(crate) async fn set_aside(&self, store: &Store) {
        store.set_journal_aside(today()).await;
        self.write("unreadable", "");
        self.set_status(|status| status.set_aside = true);
    }

    /// Whatever lies apart may be readable by now: for this release, or because the browser's database answers again.
    #[inline(never)]
    pub(crate) async fn take_up_asides(&self, store: &Store) {
        for (place, bytes) in store.asides().await {
            if self.handle(Input::Restored(bytes)).is_ok() {
                // Stored with the rest, before it is forgotten here.
                store.settled_within(LONGEST_WRITE_MS).await;
                if !store.is_writing() {
                    store.forget_aside(place).await;
                }
            }
        }
    }

    /// Logs are not kept for longer because nobody can read them.
    #[inline(never)]
    pub(crate) fn forget_old_asides(&self, retention_days: u8) {
        let Some(store) = self.store.get().map(Rc::clone) else { return };
        spawn(async move { store.forget_asides_before(today().saturating_sub(retention_days.into())).await });
    }
}

/// Days since 1970.
fn today() -> u32 {
    u32::try_from(clock::now().wall / DAY_MS).unwrap_or(u32::MAX)
}

const DAY_MS: u64 = 86_400_000;
/// Where it is kept, first come first served; a fourth journal that cannot be read within a few days is lost.
const PLACES: [&str; 3] = ["unread", "unread-2", "unread-3"];
/// Bytes of the day before what was sealed.
const DAY: usize = 4;
/// A write takes milliseconds.
const LONGEST_WRITE_MS: f64 = 3_000.0;

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;
    use crate::store::tests::store_of;

    /// An org of its own for each test: the database outlives them.
    async fn left(origin: &str, bytes: &[u8]) -> Rc<Store> {
        let store = store_of(origin);
        store.keep_journal(bytes.to_vec());
        store.settled().await;
        store_of(origin)
    }

    async fn there(store: &Store) -> Vec<Vec<u8>> {
        store.asides().await.into_iter().map(|(_, bytes)| bytes).collect()
    }

    #[wasm_bindgen_test]
    async fn what_is_put_aside_is_moved_and_what_comes_next_does_not_touch_it() {
        const ORIGIN: &str = "https://aside.lightning.force.com";
        let store = left(ORIGIN, &[1]).await;
        assert!(!store.has_aside());
        store.set_journal_aside(20_000).await;
        assert!(store.has_aside());
        assert_eq!(store_of(ORIGIN).journal().await, Some(None), "moved, not copied: nothing is taken up twice");
        left(ORIGIN, &[2]).await.set_journal_aside(20_001).await;
        left(ORIGIN, &[3]).await;
        assert_eq!(there(&store).await, [vec![1], vec![2]]);
        assert_eq!(store_of(ORIGIN).journal().await, Some(Some(vec![3])));
    }

    #[wasm_bindgen_test]
    async fn what_lies_aside_is_deleted_when_it_is_older_than_anything_else_may_be() {
        const ORIGIN: &str = "https://aside-old.lightning.force.com";
        left(ORIGIN, &[1]).await.set_journal_aside(20_000).await;
        let store = left(ORIGIN, &[2]).await;
        store.set_journal_aside(20_005).await;
        store.forget_asides_before(20_000).await;
        assert_eq!(there(&store).await.len(), 2);
        store.forget_asides_before(20_001).await;
        assert_eq!((there(&store).await, store.has_aside()), (vec![vec![2]], true));
        store.forget_asides_before(20_006).await;
        assert_eq!((there(&store).await.len(), store.has_aside()), (0, false));
    }
}
