//! What the split asks of wasm-bindgen's glue: short names, and two functions more for the page.

use walrus::{ExportItem, ImportKind, Module};

use super::{ASKED, FIRST, short::Short};
use crate::fault::Fault;

/// Gives the functions that the module and its glue call of each other short names, in both: wasm-bindgen's own end on hashes, which do not pack.
pub(super) fn shorten(module: &mut Module, glue: &str) -> String {
    let mut glue = glue.to_owned();
    let mut short = Short::default();
    for import in module.imports.iter_mut().filter(|import| matches!(import.kind, ImportKind::Function(_))) {
        let name = short.next();
        glue = renamed(&glue, &format!("        {}", import.name), &format!("        {name}"));
        import.name = name;
    }
    let mut short = Short::default();
    for export in module.exports.iter_mut().filter(|export| matches!(export.item, ExportItem::Function(_))) {
        let name = short.next();
        glue = renamed(&glue, &format!("wasm.{}", export.name), &format!("wasm.{name}"));
        export.name = name;
    }
    glue
}

/// Lets the page give the module its rest. A module that is not split has these functions too, and nobody calls them.
///
/// # Errors
///
/// The glue is not as the version of wasm-bindgen in use writes it.
pub(crate) fn open(glue: &str) -> Result<String, Fault> {
    let list = "const import0 = {\n        __proto__: null,\n";
    if glue.matches(list).count() != 1 || !glue.contains("let wasmModule, wasmInstance, wasm;") {
        return Err(Fault::Project("wasm-bindgen's glue is not as the split of the panel's module expects it".to_owned()));
    }
    let asked = glue.replace(list, &format!("{list}        {ASKED}: () => rest(),\n"));
    Ok(format!(
        "{asked}
let rest;
/**
 * Says what to do when a function of the rest is called before the rest is there: `get` has to join it before it returns.
 * @param {{() => void}} get
 */
export function onRest(get) {{
    rest = get;
}}
/**
 * Gives the running instance its rest.
 * @param {{WebAssembly.Module}} module
 */
export function joinRest(module) {{
    new WebAssembly.Instance(module, {{ ...__wbg_get_imports(), {FIRST}: wasm }});
}}
"
    ))
}

/// Every `from` that is not the beginning of a longer name, replaced.
fn renamed(text: &str, from: &str, to: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let end = at + from.len();
        let whole = !rest[end..].starts_with(|next: char| next.is_ascii_alphanumeric() || next == '_' || next == '$');
        made.push_str(&rest[..at]);
        made.push_str(if whole { to } else { from });
        rest = &rest[end..];
    }
    made + rest
}
