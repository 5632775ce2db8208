//! Apps with their utility bars, and flows.

use serde::{Deserialize, Serialize};

use super::{Id, Org};

/// An app of the app launcher.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct App {
    /// Its id, which the softphone's address names.
    pub id: Id,
    /// Its name.
    pub name: String,
    /// Console navigation, with tabs and subtabs, rather than standard.
    pub console: bool,
    /// A Lightning app rather than a Classic one shown in Lightning; only Lightning apps have a utility bar.
    pub lightning: bool,
    /// Whether the utility bar holds the item "Open CTI Softphone".
    pub softphone_item: bool,
    /// The item's "Start automatically": the softphone loads with the page rather than when its panel is first opened.
    pub start_automatically: bool,
}

impl App {
    /// A Lightning app with a softphone that starts by itself.
    #[must_use]
    pub fn new(id: Id, name: &str, console: bool) -> Self {
        Self { id, name: name.into(), console, lightning: true, softphone_item: true, start_automatically: true }
    }
}

/// A flow.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Flow {
    /// API name.
    pub name: String,
    /// Title.
    pub label: String,
    /// Whether it can be started.
    pub active: bool,
    /// The input variables it declares; others are ignored.
    pub inputs: Vec<String>,
}

impl Org {
    /// The apps.
    #[must_use]
    pub fn apps(&self) -> &[App] {
        &self.apps
    }

    /// The app of this name.
    #[must_use]
    pub fn app(&self, name: &str) -> Option<&App> {
        self.apps.iter().find(|app| app.name == name)
    }

    /// Adds an app, as `change` makes it from a Lightning app with a softphone.
    pub fn add_app(&mut self, name: &str, console: bool, change: impl FnOnce(&mut App)) -> Id {
        let id = self.next_id("06m");
        let mut app = App::new(id.clone(), name, console);
        change(&mut app);
        self.apps.push(app);
        self.touch();
        id
    }

    /// Changes an app; nothing happens if there is no such app.
    pub fn edit_app(&mut self, name: &str, change: impl FnOnce(&mut App)) {
        if let Some(app) = self.apps.iter_mut().find(|app| app.name == name) {
            change(app);
            self.touch();
        }
    }

    /// The flows.
    #[must_use]
    pub fn flows(&self) -> &[Flow] {
        &self.flows
    }

    /// The flow of this name, if it is active.
    #[must_use]
    pub fn flow(&self, name: &str) -> Option<&Flow> {
        self.flows.iter().find(|flow| flow.name == name && flow.active)
    }

    /// Adds a flow.
    pub fn add_flow(&mut self, flow: Flow) {
        self.flows.push(flow);
        self.touch();
    }
}
