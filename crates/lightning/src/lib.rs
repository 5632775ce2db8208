//! A simulated Lightning org: records, search, layouts, tasks, navigation, utility bar.
