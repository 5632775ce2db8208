//! Encryption at rest: AES-GCM with a key that never leaves the browser's own keeping.

use js_sys::{Array, ArrayBuffer, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Crypto, CryptoKey, IdbDatabase, IdbOpenDbRequest, IdbRequest, IdbTransaction, IdbTransactionMode, SubtleCrypto};

/// A key by its name. The same name on the same device gives the same key, another name another one; it cannot be read, only used.
pub(crate) struct Vault {
    crypto: Crypto,
    key: CryptoKey,
    database: IdbDatabase,
}

impl Vault {
    /// The vault of that name, made at first use; none where the browser has no database or no cryptography for the page.
    pub(crate) async fn of(name: &str) -> Option<Self> {
        let window = web_sys::window()?;
        let crypto = window.crypto().ok()?;
        let subtle = subtle(&crypto)?;
        let open = window.indexed_db().ok()??.open_with_u32(name, 1).ok()?;
        let database = opened(open).await?;
        let key = match stored(&database).await {
            Some(key) => key,
            None => made(&subtle, &database).await?,
        };
        Some(Self { crypto, key, database })
    }

    /// What was put down last under that name, sealed as it is; nothing, if nothing was. None if the browser does not say.
    pub(crate) async fn sealed(&self, name: &str) -> Option<Option<Vec<u8>>> {
        let keys = self.database.transaction_with_str(KEYS).ok()?.object_store(KEYS).ok()?;
        let bytes = done(keys.get(&place(name)).ok()?).await?;
        Some(bytes.dyn_into::<Uint8Array>().ok().map(|bytes| bytes.to_vec()))
    }

    /// Put these sealed bytes down under that name, in place of the last ones; none: nothing. It is done when the browser has written them: what is only in
    /// `localStorage` is lost with a browser that is killed within seconds.
    pub(crate) async fn put_down(&self, name: &str, sealed: Option<&[u8]>) -> Option<()> {
        let transaction = self.database.transaction_with_str_and_mode(KEYS, IdbTransactionMode::Readwrite).ok()?;
        let keys = transaction.object_store(KEYS).ok()?;
        match sealed {
            Some(bytes) => keys.put_with_key(&Uint8Array::from(bytes), &place(name)).ok()?,
            None => keys.delete(&place(name)).ok()?,
        };
        written(&transaction).await
    }

    /// Put these bytes down under one name and nothing under another: both, or neither.
    pub(crate) async fn move_to(&self, name: &str, bytes: &[u8], from: &str) -> Option<()> {
        let transaction = self.database.transaction_with_str_and_mode(KEYS, IdbTransactionMode::Readwrite).ok()?;
        let keys = transaction.object_store(KEYS).ok()?;
        keys.put_with_key(&Uint8Array::from(bytes), &place(name)).ok()?;
        keys.delete(&place(from)).ok()?;
        written(&transaction).await
    }

    /// The bytes, sealed; none if the browser would not.
    pub(crate) async fn seal(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut nonce = [0; NONCE];
        self.crypto.get_random_values_with_u8_array(&mut nonce).ok()?;
        let sealing = self.crypto.subtle().encrypt_with_object_and_u8_array(&how(&nonce), &self.key, bytes).ok()?;
        let sealed: ArrayBuffer = JsFuture::from(sealing).await.ok()?.dyn_into().ok()?;
        let mut all = nonce.to_vec();
        all.extend(Uint8Array::new(&sealed).to_vec());
        Some(all)
    }

    /// What was sealed; none if it was not sealed here, or was changed since.
    pub(crate) async fn open(&self, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_at_checked(NONCE)?;
        let opening = self.crypto.subtle().decrypt_with_object_and_u8_array(&how(nonce), &self.key, sealed).ok()?;
        let bytes: ArrayBuffer = JsFuture::from(opening).await.ok()?.dyn_into().ok()?;
        Some(Uint8Array::new(&bytes).to_vec())
    }
}

async fn written(transaction: &IdbTransaction) -> Option<()> {
    let written = Promise::new(&mut |resolve, reject| {
        transaction.set_oncomplete(Some(&resolve));
        transaction.set_onabort(Some(&reject));
    });
    JsFuture::from(written).await.ok().map(drop)
}

/// Beside the key, under another name than its.
fn place(name: &str) -> JsValue {
    ["sealed:", name].concat().into()
}

fn how(nonce: &[u8]) -> Object {
    object(&[("name", CIPHER.into()), ("iv", Uint8Array::from(nonce).into())])
}

impl Drop for Vault {
    fn drop(&mut self) {
        self.database.close();
    }
}

/// The page's cryptography; absent where the page is not served securely.
fn subtle(crypto: &Crypto) -> Option<SubtleCrypto> {
    let subtle: JsValue = crypto.subtle().into();
    (!subtle.is_undefined()).then(|| subtle.unchecked_into())
}

async fn opened(open: IdbOpenDbRequest) -> Option<IdbDatabase> {
    let request: IdbRequest = open.clone().unchecked_into();
    let upgraded = Closure::once_into_js(move || {
        if let Ok(database) = request.result() {
            // Fails only if it is there already.
            let _ = database.unchecked_into::<IdbDatabase>().create_object_store(KEYS);
        }
    });
    open.set_onupgradeneeded(Some(upgraded.unchecked_ref()));
    done(open.unchecked_into()).await?.dyn_into().ok()
}

async fn stored(database: &IdbDatabase) -> Option<CryptoKey> {
    let keys = database.transaction_with_str(KEYS).ok()?.object_store(KEYS).ok()?;
    done(keys.get(&KEY.into()).ok()?).await?.dyn_into().ok()
}

async fn made(subtle: &SubtleCrypto, database: &IdbDatabase) -> Option<CryptoKey> {
    let kind = object(&[("name", CIPHER.into()), ("length", 256.into())]);
    let uses = Array::of2(&"encrypt".into(), &"decrypt".into());
    let making = subtle.generate_key_with_object(&kind, false, &uses).ok()?;
    let key: CryptoKey = JsFuture::from(making).await.ok()?.dyn_into().ok()?;
    let keys = database.transaction_with_str_and_mode(KEYS, IdbTransactionMode::Readwrite).ok()?.object_store(KEYS).ok()?;
    // Another tab may have been quicker: the key that lies there counts, or what is sealed with the other could never be read again.
    let _ = done(keys.add_with_key(&key, &KEY.into()).ok()?).await;
    stored(database).await
}

/// What a request to the database gives; none if it fails.
async fn done(request: IdbRequest) -> Option<JsValue> {
    let ended = Promise::new(&mut |resolve, reject| {
        request.set_onsuccess(Some(&resolve));
        request.set_onerror(Some(&reject));
    });
    JsFuture::from(ended).await.ok()?;
    request.result().ok()
}

fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (name, value) in fields {
        // Cannot fail on a plain object made here.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object
}

const CIPHER: &str = "AES-GCM";
const KEYS: &str = "keys";
const KEY: &str = "journal";
/// Bytes of the number used once that stands before what was sealed.
const NONCE: usize = 12;
