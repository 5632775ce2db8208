//! What the page gives the shell.

use js_sys::Function;

/// What the page gives the shell.
#[derive(Clone, Debug)]
pub struct Config {
    /// Hosts of the orgs this deploy serves; a `*.` in front stands for one or more labels.
    pub org_hosts: Vec<String>,
    /// Version of the Open CTI script to load, e.g. 66.
    pub api_version: u16,
    /// Folder of the providers' modules, ending in a slash.
    pub providers: String,
    /// Settings of an embedding page, `/section/item` to value; they win over Salesforce's.
    pub settings: Option<Vec<(String, String)>>,
    /// `(url) => import(url)`: only JavaScript can import.
    pub load: Function,
}
