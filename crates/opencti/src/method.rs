//! Every method of Open CTI for Lightning, with its arguments.

use crate::{CompleteWork, CtiError, Fields, Plain, ScreenPop, Search, pop::required};

/// A method and its arguments as they travel to the host.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Method {
    /// `completeWork` of `hvs`: a step of a cadence is done.
    CompleteWork(CompleteWork),
    /// Numbers on the page can no longer be clicked.
    DisableClickToDial,
    /// Numbers on the page can be clicked.
    EnableClickToDial,
    /// Which page is in front of the agent?
    GetAppViewInfo,
    /// The call center's settings, a flat map of texts.
    GetCallCenterSettings,
    /// The softphone layout of the agent's profile.
    GetSoftphoneLayout,
    /// Is the panel open rather than minimised?
    IsSoftphonePanelVisible,
    /// The softphone runs: the standby page is not needed.
    NotifyInitializationComplete,
    /// Tell me of each click on a number.
    OnClickToDial,
    /// Tell me when the agent moves to another page.
    OnNavigationChange,
    /// `onWorkStart` of `hvs`: tell me when a step of a cadence begins.
    OnWorkStart,
    /// Send a message to a Lightning message channel.
    Publish {
        /// The channel's name.
        channel: String,
        /// The message; null or nothing is sent as nothing.
        message: Option<Plain>,
    },
    /// Draw the page again.
    RefreshView,
    /// Run a method of an Apex class.
    RunApex {
        /// The class.
        apex_class: String,
        /// The method.
        method_name: String,
        /// The arguments, `a=1&b=2`.
        method_params: Option<String>,
    },
    /// Create or update a record.
    SaveLog {
        /// The record's fields; with `Id` an update, with `entityApiName` a creation.
        object: Fields,
    },
    /// Show a page.
    ScreenPop(ScreenPop),
    /// Find records, and show what the layout says.
    SearchAndScreenPop(Search),
    /// The icon of the button in the utility bar.
    SetSoftphoneItemIcon {
        /// A utility icon's name without prefix.
        key: String,
    },
    /// The label of the button in the utility bar.
    SetSoftphoneItemLabel {
        /// The text.
        label: String,
    },
    /// The panel's height.
    SetSoftphonePanelHeight {
        /// In pixels, documented as 240 to 2560.
        height_px: f64,
    },
    /// The icon in the panel's header.
    SetSoftphonePanelIcon {
        /// A utility icon's name without prefix.
        key: String,
    },
    /// The label in the panel's header.
    SetSoftphonePanelLabel {
        /// The text.
        label: String,
    },
    /// Open or minimise the panel.
    SetSoftphonePanelVisibility {
        /// True opens.
        visible: bool,
    },
    /// The panel's width.
    SetSoftphonePanelWidth {
        /// In pixels, documented as 200 to 1920.
        width_px: f64,
    },
    /// Tell me of messages on a Lightning message channel.
    Subscribe {
        /// The channel's name.
        channel: String,
    },
    /// No more messages of this channel: the last listener went.
    Unsubscribe {
        /// The channel's name.
        channel: String,
    },
}

impl Method {
    /// Every method's name on the wire: the 24 of the API and the two of Sales Engagement.
    pub const NAMES: [&str; 26] = [
        "completeWork",
        "disableClickToDial",
        "enableClickToDial",
        "getAppViewInfo",
        "getCallCenterSettings",
        "getSoftphoneLayout",
        "isSoftphonePanelVisible",
        "notifyInitializationComplete",
        "onClickToDial",
        "onNavigationChange",
        "onWorkStart",
        "publish",
        "refreshView",
        "runApex",
        "saveLog",
        "screenPop",
        "searchAndScreenPop",
        "setSoftphoneItemIcon",
        "setSoftphoneItemLabel",
        "setSoftphonePanelHeight",
        "setSoftphonePanelIcon",
        "setSoftphonePanelLabel",
        "setSoftphonePanelVisibility",
        "setSoftphonePanelWidth",
        "subscribe",
        "unsubscribe",
    ];

    /// The methods that ask to be told of something, and are answered by events.
    pub const LISTENING: [&str; 4] = ["onClickToDial", "onNavigationChange", "onWorkStart", "subscribe"];

    /// Reads a method by name and wire arguments; `None` if there is no such method.
    ///
    /// # Errors
    ///
    /// `INVALID_PARAM` in the guide's words if an argument is missing or of the wrong type. Ranges are not checked here.
    pub fn from_wire(name: &str, args: &Fields) -> Option<Result<Self, CtiError>> {
        Self::read(name, args).transpose()
    }

    fn read(name: &str, args: &Fields) -> Result<Option<Self>, CtiError> {
        let text = |name| required(args, name);
        Ok(Some(match name {
            "completeWork" => Self::CompleteWork(CompleteWork::from_fields(args)?),
            "disableClickToDial" => Self::DisableClickToDial,
            "enableClickToDial" => Self::EnableClickToDial,
            "getAppViewInfo" => Self::GetAppViewInfo,
            "getCallCenterSettings" => Self::GetCallCenterSettings,
            "getSoftphoneLayout" => Self::GetSoftphoneLayout,
            "isSoftphonePanelVisible" => Self::IsSoftphonePanelVisible,
            "notifyInitializationComplete" => Self::NotifyInitializationComplete,
            "onClickToDial" => Self::OnClickToDial,
            "onNavigationChange" => Self::OnNavigationChange,
            "onWorkStart" => Self::OnWorkStart,
            "publish" => Self::Publish {
                channel: text("eventName")?,
                message: args.get("message").filter(|message| **message != Plain::Null).cloned(),
            },
            "refreshView" => Self::RefreshView,
            "runApex" => Self::RunApex {
                apex_class: text("apexClass")?,
                method_name: text("methodName")?,
                // No parameters may be said as nothing, as empty text or as an empty object.
                method_params: args.owned("methodParams"),
            },
            "saveLog" => Self::SaveLog {
                object: args.record("object").cloned().ok_or_else(|| CtiError::invalid_param("value", "object", args.get("object")))?,
            },
            "screenPop" => Self::ScreenPop(ScreenPop::from_fields(args)?),
            "searchAndScreenPop" => Self::SearchAndScreenPop(Search::from_fields(args)?),
            "setSoftphoneItemIcon" => Self::SetSoftphoneItemIcon { key: text("key")? },
            "setSoftphoneItemLabel" => Self::SetSoftphoneItemLabel { label: text("label")? },
            "setSoftphonePanelHeight" => Self::SetSoftphonePanelHeight { height_px: number(args, "heightPX")? },
            "setSoftphonePanelIcon" => Self::SetSoftphonePanelIcon { key: text("key")? },
            "setSoftphonePanelLabel" => Self::SetSoftphonePanelLabel { label: text("label")? },
            "setSoftphonePanelVisibility" => {
                let found = args.get("visible");
                let visible = found.and_then(Plain::flag).ok_or_else(|| CtiError::invalid_param("visible", "boolean", found))?;
                Self::SetSoftphonePanelVisibility { visible }
            }
            "setSoftphonePanelWidth" => Self::SetSoftphonePanelWidth { width_px: number(args, "widthPX")? },
            "subscribe" => Self::Subscribe { channel: text("eventName")? },
            "unsubscribe" => Self::Unsubscribe { channel: text("eventName")? },
            _ => return Ok(None),
        }))
    }

    /// The name on the wire and in the script; the two of `hvs` without their prefix.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::CompleteWork(_) => "completeWork",
            Self::DisableClickToDial => "disableClickToDial",
            Self::EnableClickToDial => "enableClickToDial",
            Self::GetAppViewInfo => "getAppViewInfo",
            Self::GetCallCenterSettings => "getCallCenterSettings",
            Self::GetSoftphoneLayout => "getSoftphoneLayout",
            Self::IsSoftphonePanelVisible => "isSoftphonePanelVisible",
            Self::NotifyInitializationComplete => "notifyInitializationComplete",
            Self::OnClickToDial => "onClickToDial",
            Self::OnNavigationChange => "onNavigationChange",
            Self::OnWorkStart => "onWorkStart",
            Self::Publish { .. } => "publish",
            Self::RefreshView => "refreshView",
            Self::RunApex { .. } => "runApex",
            Self::SaveLog { .. } => "saveLog",
            Self::ScreenPop(_) => "screenPop",
            Self::SearchAndScreenPop(_) => "searchAndScreenPop",
            Self::SetSoftphoneItemIcon { .. } => "setSoftphoneItemIcon",
            Self::SetSoftphoneItemLabel { .. } => "setSoftphoneItemLabel",
            Self::SetSoftphonePanelHeight { .. } => "setSoftphonePanelHeight",
            Self::SetSoftphonePanelIcon { .. } => "setSoftphonePanelIcon",
            Self::SetSoftphonePanelLabel { .. } => "setSoftphonePanelLabel",
            Self::SetSoftphonePanelVisibility { .. } => "setSoftphonePanelVisibility",
            Self::SetSoftphonePanelWidth { .. } => "setSoftphonePanelWidth",
            Self::Subscribe { .. } => "subscribe",
            Self::Unsubscribe { .. } => "unsubscribe",
        }
    }

    /// The arguments as the script posts them to the host.
    #[must_use]
    pub fn wire_args(&self) -> Fields {
        let one = |name: &str, value: &str| Fields::new().with(name, value);
        match self {
            Self::CompleteWork(work) => work.to_fields(),
            Self::Publish { channel, message } => one("eventName", channel).with_some("message", message.clone()),
            Self::RunApex { apex_class, method_name, method_params } => {
                one("apexClass", apex_class).with("methodName", method_name.as_str()).with_some("methodParams", method_params.as_deref())
            }
            Self::SaveLog { object } => Fields::new().with("object", object.clone()),
            Self::ScreenPop(pop) => pop.to_fields(),
            Self::SearchAndScreenPop(search) => search.to_fields(),
            Self::SetSoftphoneItemIcon { key } | Self::SetSoftphonePanelIcon { key } => one("key", key),
            Self::SetSoftphoneItemLabel { label } | Self::SetSoftphonePanelLabel { label } => one("label", label),
            Self::SetSoftphonePanelHeight { height_px } => Fields::new().with("heightPX", *height_px),
            Self::SetSoftphonePanelVisibility { visible } => Fields::new().with("visible", *visible),
            Self::SetSoftphonePanelWidth { width_px } => Fields::new().with("widthPX", *width_px),
            Self::Subscribe { channel } => one("eventName", channel).with("subscription", Fields::new()),
            Self::Unsubscribe { channel } => one("eventName", channel),
            Self::DisableClickToDial
            | Self::EnableClickToDial
            | Self::GetAppViewInfo
            | Self::GetCallCenterSettings
            | Self::GetSoftphoneLayout
            | Self::IsSoftphonePanelVisible
            | Self::NotifyInitializationComplete
            | Self::OnClickToDial
            | Self::OnNavigationChange
            | Self::OnWorkStart
            | Self::RefreshView => Fields::new(),
        }
    }

    /// The arguments as the script's caller gives them, without callback and listener: the wire renames a few.
    #[must_use]
    pub fn script_args(&self) -> Fields {
        match self {
            Self::Publish { channel, message } => Fields::new().with("channelName", channel.as_str()).with_some("message", message.clone()),
            Self::SaveLog { object } => Fields::new().with("value", object.clone()),
            Self::Subscribe { channel } => Fields::new().with("channelName", channel.as_str()),
            // What is given back is the subscription itself, which only its receiver holds.
            Self::Unsubscribe { .. } => Fields::new(),
            _ => self.wire_args(),
        }
    }
}

/// The number of that name, or the error the host answers.
fn number(fields: &Fields, name: &str) -> Result<f64, CtiError> {
    let found = fields.get(name);
    found.and_then(Plain::number).ok_or_else(|| CtiError::invalid_param(name, "numeric", found))
}
