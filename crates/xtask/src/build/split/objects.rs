//! What the linker says about the data of a module: where each object in it begins and ends.

use std::ops::Range;

use wasmparser::{DataKind, KnownCustom, Linking, Operator, Parser, Payload, SymbolInfo};

use super::unfit;
use crate::fault::Fault;

/// An object in a module's data: a text, a table, a vtable.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Object {
    /// Its addresses.
    pub(super) at: Range<u32>,
    /// It is also reached from an address outside of it, so who mentions it cannot be told from addresses.
    pub(super) pinned: bool,
}

/// Reads the objects of a module that was linked with `--emit-relocs`, in the order of their addresses. None may lie in another.
///
/// # Errors
///
/// The linker did not say, or says it in an unknown way.
pub(crate) fn read(linked: &[u8]) -> Result<Vec<Object>, Fault> {
    let (mut segments, mut symbols, mut uses) = (Vec::new(), Vec::new(), Vec::new());
    for payload in Parser::new(0).parse_all(linked) {
        match payload.map_err(unfit)? {
            Payload::DataSection(section) => {
                for data in section {
                    segments.push(match data.map_err(unfit)?.kind {
                        DataKind::Active { offset_expr, .. } => match offset_expr.get_operators_reader().read().map_err(unfit)? {
                            Operator::I32Const { value } => Some(value.cast_unsigned()),
                            _ => None,
                        },
                        DataKind::Passive => None,
                    });
                }
            }
            Payload::CustomSection(custom) => match custom.as_known() {
                KnownCustom::Linking(linking) => {
                    for part in linking.subsections() {
                        if let Linking::SymbolTable(table) = part.map_err(unfit)? {
                            symbols = table.into_iter().collect::<Result<Vec<_>, _>>().map_err(unfit)?;
                        }
                    }
                }
                KnownCustom::Reloc(relocations) => {
                    for entry in relocations.entries() {
                        let entry = entry.map_err(unfit)?;
                        uses.push((entry.index as usize, entry.addend));
                    }
                }
                _ => {}
            },
            _ => {}
        }
    }
    let mut objects: Vec<Option<Object>> = symbols
        .iter()
        .map(|symbol| {
            let SymbolInfo::Data { symbol: Some(symbol), .. } = symbol else { return None };
            let start = segments.get(symbol.index as usize).copied().flatten()? + symbol.offset;
            (symbol.size > 0).then_some(Object { at: start..start + symbol.size, pinned: false })
        })
        .collect();
    for (index, addend) in uses {
        if let Some(Some(object)) = objects.get_mut(index) {
            object.pinned |= !(0..i64::from(object.at.end - object.at.start)).contains(&addend);
        }
    }
    let mut objects: Vec<Object> = objects.into_iter().flatten().collect();
    if objects.is_empty() {
        return Err(unfit("the linker names no object in its data"));
    }
    objects.sort_by_key(|object| (object.at.start, object.at.end));
    // Objects that share bytes are one.
    objects.dedup_by(|next, last| {
        let shared = next.at.start < last.at.end;
        if shared {
            last.at.end = last.at.end.max(next.at.end);
            last.pinned |= next.pinned;
        }
        shared
    });
    Ok(objects)
}
