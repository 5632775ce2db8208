//! A hub behind a channel that everybody hears, for demos without a server.
//!
//! The protocol is written at the other end, `www/providers/simulated/channel.js`: pages name themselves, say every five seconds that
//! they are there, and may say that they leave. This type turns names into the hub's connections; the host posts `{begun: true}` once,
//! then what comes from here, and hands over what it receives.

use std::collections::BTreeMap;

use crate::{ConnectionKind, Hub};

/// Agents' pages on one channel.
#[derive(Debug)]
pub struct Channel {
    pages: BTreeMap<String, Page>,
    /// The next connection id; the host keeps its own below the first one.
    next: u64,
}

#[derive(Debug)]
struct Page {
    connection: u64,
    heard: u64,
}

/// What to post on the channel after `{from}` came: `{to, known}`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// Who asked.
    pub to: String,
    /// False: its hello never came here, or was forgotten; it connects anew.
    pub known: bool,
}

/// How long a page may say nothing before it counts as gone: three beats.
const SILENCE_MS: u64 = 16_000;

impl Channel {
    /// No pages yet; their connections are numbered from `first`.
    #[must_use]
    pub const fn new(first: u64) -> Self {
        Self { pages: BTreeMap::new(), next: first }
    }

    /// A message came: `{from, text}`, `{from}` or `{from, gone: true}`.
    pub fn receive(&mut self, hub: &mut Hub, now_ms: u64, from: &str, text: Option<&str>, gone: bool) -> Option<Answer> {
        if gone {
            if let Some(page) = self.pages.remove(from) {
                hub.disconnect(now_ms, page.connection);
            }
            return None;
        }
        let Some(text) = text else {
            let page = self.pages.get_mut(from);
            let known = page.is_some();
            if let Some(page) = page {
                page.heard = now_ms;
            }
            return Some(Answer { to: from.to_owned(), known });
        };
        let next = &mut self.next;
        let page = self.pages.entry(from.to_owned()).or_insert_with(|| {
            let connection = *next;
            *next += 1;
            hub.connect(now_ms, connection, ConnectionKind::Agent);
            Page { connection, heard: now_ms }
        });
        page.heard = now_ms;
        hub.receive(now_ms, page.connection, text);
        None
    }

    /// Lets go of pages that fell silent; harmless at any time, once per beat is enough.
    pub fn sweep(&mut self, hub: &mut Hub, now_ms: u64) {
        self.pages.retain(|_, page| {
            let silent = now_ms.saturating_sub(page.heard) > SILENCE_MS;
            if silent {
                hub.disconnect(now_ms, page.connection);
            }
            !silent
        });
    }

    /// The `to` of a text that [`Hub::poll`] gave for this connection; none: it is not a page of this channel.
    #[must_use]
    pub fn name_of(&self, connection: u64) -> Option<&str> {
        self.pages.iter().find(|(_, page)| page.connection == connection).map(|(name, _)| name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELLO: &str = r#"{"hello":{"extension":"1001"}}"#;

    fn said(hub: &mut Hub) -> usize {
        core::iter::from_fn(|| hub.poll()).count()
    }

    #[test]
    fn a_page_that_says_hello_is_heard_and_answered_by_its_name() {
        let (mut hub, mut channel) = (Hub::new(1), Channel::new(100));
        assert_eq!(channel.receive(&mut hub, 0, "a", None, false), Some(Answer { to: "a".to_owned(), known: false }));
        assert_eq!(channel.receive(&mut hub, 0, "a", Some(HELLO), false), None);
        assert_eq!(hub.poll().map(|(connection, _)| connection), Some(100));
        assert_eq!((channel.name_of(100), channel.name_of(101)), (Some("a"), None));
        assert_eq!(channel.receive(&mut hub, 1, "a", None, false), Some(Answer { to: "a".to_owned(), known: true }));
    }

    #[test]
    fn a_silent_page_and_one_that_leaves_are_let_go() {
        let (mut hub, mut channel) = (Hub::new(1), Channel::new(100));
        channel.receive(&mut hub, 0, "a", Some(HELLO), false);
        for name in ["b", "c"] {
            channel.receive(&mut hub, 0, name, Some(HELLO), false);
        }
        said(&mut hub);
        channel.receive(&mut hub, 10_000, "a", None, false);
        channel.receive(&mut hub, 10_000, "c", Some(r#"{"sync":true}"#), false);
        channel.sweep(&mut hub, 16_001);
        assert_eq!([100, 101, 102].map(|connection| channel.name_of(connection)), [Some("a"), None, Some("c")]);
        channel.receive(&mut hub, 16_001, "c", None, true);
        assert_eq!(hub.deadline(), None, "a page of the extension is left");
        channel.receive(&mut hub, 17_000, "a", None, true);
        assert_eq!((channel.name_of(100), hub.deadline()), (None, Some(77_000)));
    }
}
