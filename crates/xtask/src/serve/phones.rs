//! The simulated phone system on the machine's clock: one hub, any number of sockets.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use futures_util::{SinkExt as _, StreamExt as _};
use hookswitch_switch::Hub;
use tokio::{
    io::{AsyncRead, AsyncWrite},
    sync::mpsc,
    time::{Instant, sleep_until},
};
use tokio_tungstenite::{WebSocketStream, tungstenite::Message};

/// Which end of the phone system a socket is.
pub(crate) use hookswitch_switch::ConnectionKind as End;

/// A handle on the phone system.
#[derive(Clone)]
pub(crate) struct Phones {
    events: mpsc::UnboundedSender<Event>,
}

enum Event {
    Came { end: End, mouth: mpsc::UnboundedSender<String>, id: tokio::sync::oneshot::Sender<u64> },
    Said { id: u64, text: String },
    Went { id: u64 },
}

impl Phones {
    /// Starts an empty phone system.
    pub(crate) fn start() -> Self {
        let (events, inbox) = mpsc::unbounded_channel();
        // The seed names the calls: two runs of the server must not give two calls the same name.
        let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_secs());
        tokio::spawn(run(Hub::new(seed), inbox));
        Self { events }
    }

    /// Carries texts between a socket and the phone system until the socket ends.
    pub(crate) async fn attend<S: AsyncRead + AsyncWrite + Unpin>(&self, mut socket: WebSocketStream<S>, end: End) {
        let (mouth, mut texts) = mpsc::unbounded_channel();
        let (sender, id) = tokio::sync::oneshot::channel();
        let _ = self.events.send(Event::Came { end, mouth, id: sender });
        let Ok(id) = id.await else { return };
        loop {
            tokio::select! {
                text = texts.recv() => {
                    let Some(text) = text else { break };
                    if socket.send(Message::text(text)).await.is_err() {
                        break;
                    }
                }
                message = socket.next() => match message {
                    Some(Ok(Message::Text(text))) => {
                        let _ = self.events.send(Event::Said { id, text: text.as_str().to_owned() });
                    }
                    Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                    // Pings are answered by the library; bytes mean nothing here.
                    Some(Ok(_)) => {}
                },
            }
        }
        let _ = self.events.send(Event::Went { id });
    }
}

async fn run(mut hub: Hub, mut inbox: mpsc::UnboundedReceiver<Event>) {
    let start = Instant::now();
    let mut mouths: BTreeMap<u64, mpsc::UnboundedSender<String>> = BTreeMap::new();
    let mut last = 0;
    loop {
        let due = hub.deadline().map(|deadline| start + Duration::from_millis(deadline));
        let event = tokio::select! {
            event = inbox.recv() => match event {
                Some(event) => Some(event),
                None => return,
            },
            () = async { sleep_until(due.unwrap_or_else(Instant::now)).await }, if due.is_some() => None,
        };
        let now = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        match event {
            None => hub.advance(now),
            Some(Event::Came { end, mouth, id }) => {
                last += 1;
                mouths.insert(last, mouth);
                hub.connect(now, last, end);
                let _ = id.send(last);
            }
            Some(Event::Said { id, text }) => hub.receive(now, id, &text),
            Some(Event::Went { id }) => {
                mouths.remove(&id);
                hub.disconnect(now, id);
            }
        }
        while let Some((id, text)) = hub.poll() {
            if let Some(mouth) = mouths.get(&id) {
                let _ = mouth.send(text);
            }
        }
    }
}
