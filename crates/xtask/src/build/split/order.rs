//! In which order a module's functions pack best: those of one signature together, the long ones first.

use walrus::Module;

/// Names the functions so that sorting them by name puts them in that order.
pub(super) fn name(module: &mut Module) {
    let mut order: Vec<_> = module
        .funcs
        .iter_local()
        .map(|(id, function)| {
            let signature = module.types.params_results(function.ty());
            ((format!("{signature:?}"), u64::MAX - function.size()), id)
        })
        .collect();
    order.sort();
    for (place, (_, id)) in order.into_iter().enumerate() {
        module.funcs.get_mut(id).name = Some(format!("{place:05}"));
    }
}
