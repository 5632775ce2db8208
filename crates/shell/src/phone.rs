//! The handle that panel and headless module hold.

use std::rc::Rc;

use hookswitch_core::{AgentCommand, Dialable, Refusal, Snapshot};

use crate::{Config, Directory, DirectoryPage, DirectoryProblem, Entry, Finding, Note, Status, Subscription, desk::Desk};

/// A running softphone. Clones are the same phone.
#[derive(Clone)]
pub struct Phone(Rc<Desk>);

impl Phone {
    /// Start everything that may be started here; returns at once, and [`Phone::status`] tells how it goes.
    #[must_use]
    pub fn start(config: Config) -> Self {
        Self(Desk::start(config))
    }

    /// The softphone as the agent sees it. Changes after each call to the functions given to [`Phone::subscribe`].
    #[must_use]
    pub fn snapshot(&self) -> Rc<Snapshot> {
        self.0.snapshot()
    }

    /// The shell around it.
    #[must_use]
    pub fn status(&self) -> Rc<Status> {
        self.0.status()
    }

    /// The last things that went on inside, oldest first: short, redacted, for support.
    #[must_use]
    pub fn notes(&self) -> Vec<Note> {
        self.0.notes()
    }

    /// Look at everything a softphone depends on, and tell what was found: what does not work first, each with its remedy.
    ///
    /// It waits for the start to be over, ten seconds at most, and as long again where Salesforce is silent. It changes nothing,
    /// but that a newer softphone layout is followed from then on.
    pub fn self_check(&self, told: impl FnOnce(Vec<Finding>) + 'static) {
        Rc::clone(&self.0).self_check(Box::new(told));
    }

    /// From now on keep what the softphone is told, in memory and within bounds, for [`Phone::journal`]. Harmless when repeated.
    pub fn record(&self) {
        self.0.begin_recording();
    }

    /// What the softphone was told lately, as the text of a file for `hookswitch-replay`: without anybody's number, name or note. None where
    /// nothing is kept: by the settings, before [`Phone::record`], or because the phone does not run here.
    #[must_use]
    pub fn journal(&self) -> Option<String> {
        self.0.journal()
    }

    /// Have `listener` called after each change of snapshot or status, until the subscription is dropped.
    ///
    /// It is never called from within another method of the phone; calling any of them from it is fine.
    pub fn subscribe(&self, listener: impl Fn() + 'static) -> Subscription {
        self.0.listeners().add(Rc::new(listener))
    }

    /// Do what the agent asks.
    ///
    /// # Errors
    ///
    /// What the core refuses, with its reason; [`Refusal::NoPhone`] while the phone does not run here.
    pub fn command(&self, command: AgentCommand) -> Result<(), Refusal> {
        self.0.command(command)
    }

    /// What would be dialed for `number`, and why; none when it cannot be dialed.
    #[must_use]
    pub fn preview(&self, number: &str) -> Option<Dialable> {
        self.0.preview(number)
    }

    /// Whom the agent can call: recents, favourites, and what was searched last. Changes after each call to the functions given to
    /// [`Phone::subscribe`].
    #[must_use]
    pub fn directory(&self) -> Rc<Directory> {
        self.0.directory()
    }

    /// Search Salesforce's directory for a text; the next page of the same text is added to those before. Of several searches the newest
    /// counts, and [`Phone::directory`] tells how it goes.
    pub fn search_directory(&self, text: &str, page: u32) {
        self.0.search_directory(text, page);
    }

    /// A page of what Salesforce's directory finds, for whoever has a view of their own.
    ///
    /// # Errors
    ///
    /// Why it cannot be searched, with what to do.
    pub async fn find(&self, text: &str, page: u32) -> Result<DirectoryPage, DirectoryProblem> {
        self.0.find(text, page).await
    }

    /// Mark somebody as a favourite of the agent's, or no longer; the number tells whom.
    pub fn set_favourite(&self, entry: &Entry, on: bool) {
        self.0.set_favourite(entry, on);
    }

    /// Give the phone system the agent's credentials. They are kept in memory only.
    pub fn sign_in(&self, user: &str, password: &str) {
        self.0.sign_in(user, password);
    }

    /// Let sounds be heard. Has an effect only within a click or key press of the agent.
    pub fn enable_sound(&self) {
        self.0.enable_sound();
    }

    /// Ask Salesforce for the softphone layout once more; [`Status::layout`] tells what comes of it.
    pub fn reload_layout(&self) {
        self.0.reload_layout();
    }

    /// End everything: calls are left to the phone system, the lock is given to the next tab. Harmless when repeated.
    pub fn stop(&self) {
        self.0.stop();
    }
}
