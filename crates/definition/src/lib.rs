//! Call center definition files: model, check, convert, and the settings in them.
