//! Small modules, split and run by Node as the page runs the panel's.

mod seldom;

use std::{fs, process::Command};

use serde_json::{Value, json};

use super::*;
use crate::setup;

/// What wasm-bindgen writes for such modules, but for what it says to JavaScript.
const GLUE: &str = r#"
let wasmModule, wasmInstance, wasm;
export const told = [];
function __wbg_get_imports() {
    const import0 = {
        __proto__: null,
        __wbg_tell_0123456789abcdef: function(arg0) {
            told.push(arg0);
        },
        __wbg_back_0123456789abcdef: function(arg0) {
            return wasm.held(arg0, 4);
        },
    };
    return {
        __proto__: null,
        "./panel_bg.js": import0,
    };
}
export function load(module) {
    wasm = new WebAssembly.Instance(module, __wbg_get_imports()).exports;
}
export const factorial = (n) => wasm.factorial(n);
export const held = (slot, n) => wasm.held(slot, n);
export const halves = (n) => wasm.halves(n);
export const count = () => wasm.count();
export const late = () => wasm.late();
export const ways = (n) => wasm.ways(n);
export const gives = (n) => wasm.gives(n);
export const picks = (n) => wasm.picks(n);
export const turns = (n) => wasm.turns(n);
export const mixes = (n) => wasm.mixes(n);
export const ends = (n) => wasm.ends(n);
"#;

/// Calls by name and through the table in both directions, a global, memory, several results, functions of the page.
const MODULE: &str = r#"
(module
  (import "./panel_bg.js" "__wbg_tell_0123456789abcdef" (func $tell (param i32)))
  (import "./panel_bg.js" "__wbg_back_0123456789abcdef" (func $back (param i32) (result i32)))
  (type $one (func (param i32) (result i32)))
  (memory (export "memory") 1)
  (global $count (mut i32) (i32.const 0))
  (table 5 5 funcref)
  (elem (i32.const 1) func $double $later::triple $later::unused $double)
  (data (i32.const 1024) "\07\00\00\00")

  (func $double (type $one) (i32.mul (local.get 0) (i32.const 2)))
  (func $later::triple (type $one) (i32.mul (local.get 0) (i32.const 3)))
  (func $later::unused (type $one) (call $only_of_the_rest (local.get 0)))
  (func $only_of_the_rest (type $one) (call $back (i32.const 2)))

  (func (export "held") (param $slot i32) (param $n i32) (result i32)
    (call_indirect (type $one) (local.get $n) (local.get $slot)))

  (; Each half calls the other until nothing is left. ;)
  (func $factorial (export "factorial") (type $one)
    (if (result i32) (i32.eqz (local.get 0))
      (then (i32.const 1))
      (else (call $later::product (local.get 0) (i64.const 1)))))
  (func $later::product (param i32 i64) (result i32)
    (global.set $count (i32.add (global.get $count) (i32.const 1)))
    (call $tell (local.get 0))
    (i32.mul (i32.mul (local.get 0) (i32.wrap_i64 (local.get 1))) (call $factorial (i32.sub (local.get 0) (i32.const 1)))))

  (func (export "halves") (param f64) (result f64 f64)
    (call $later::both (f64.const 1))
    (drop) (drop)
    (call $later::both (f64.const 2))
    (drop) (drop)
    (call $later::both (local.get 0)))
  (func $later::both (param f64) (result f64 f64)
    (f64.div (local.get 0) (f64.const 2))
    (f64.convert_i32_s (call_indirect (type $one) (i32.load (i32.const 1024)) (i32.const 1))))

  (func (export "count") (result i32) (global.get $count))
  (func $later::exported (export "late") (result i32) (i32.load (i32.const 1024)))
)
"#;

const LATER: &[Later] = &[Later { why: "a test", names: &["later::*"], but: &[] }];

/// Splits a module and runs a script over its halves: `asked` counts how often the rest was asked for, `answer` tells.
fn run(module: &str, list: &[Later], script: &str) -> Value {
    run_with_data(module, list, &[], script)
}

/// The same with what the linker says of the module's data.
fn run_with_data(module: &str, list: &[Later], objects: &[Object], script: &str) -> Value {
    let wasm = wat::parse_str(module).unwrap();
    let halves = split(&wasm, &open(GLUE).unwrap(), list, "", objects).unwrap();
    let folder = tempfile(script);
    fs::write(folder.join("first.wasm"), &halves.first).unwrap();
    fs::write(folder.join("rest.wasm"), &halves.rest).unwrap();
    fs::write(folder.join("glue.mjs"), &halves.glue).unwrap();
    let page = format!(
        "import fs from 'node:fs';
import * as glue from './glue.mjs';
const read = (name) => new WebAssembly.Module(fs.readFileSync(new URL(name, import.meta.url)));
const [first, rest] = ['first.wasm', 'rest.wasm'].map(read);
let asked = 0;
let missing = false;
glue.onRest(() => {{
  asked += 1;
  if (missing) throw new Error('no rest');
  glue.joinRest(rest);
}});
glue.load(first);
const answer = (what) => console.log(JSON.stringify(what));
{script}"
    );
    fs::write(folder.join("page.mjs"), page).unwrap();
    let ran = Command::new(setup::node().unwrap()).arg(folder.join("page.mjs")).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
    fs::remove_dir_all(&folder).unwrap();
    serde_json::from_slice(&ran.stdout).unwrap()
}

/// A folder of this test alone.
fn tempfile(script: &str) -> std::path::PathBuf {
    let folder =
        std::env::temp_dir().join(format!("hookswitch-split-{}-{}", std::process::id(), &crate::hash::sha256(script.as_bytes())[..16]));
    fs::create_dir_all(&folder).unwrap();
    folder
}

#[test]
fn what_stays_never_asks_for_the_rest() {
    let answer = run(MODULE, LATER, "answer([glue.held(1, 21), glue.held(4, 5), glue.factorial(0), glue.count(), asked])");
    assert_eq!(answer, json!([42, 10, 1, 0, 0]));
}

#[test]
fn a_call_by_name_gets_the_rest_once_and_recursion_crosses_the_cut() {
    let answer = run(MODULE, LATER, "answer([glue.factorial(5), asked, glue.factorial(3), asked, glue.count(), glue.told])");
    assert_eq!(answer, json!([120, 1, 6, 1, 8, [5, 4, 3, 2, 1, 3, 2, 1]]));
}

#[test]
fn a_call_through_the_table_gets_the_rest_and_finds_the_right_function() {
    let answer = run(MODULE, LATER, "answer([glue.held(2, 7), asked, glue.held(2, 8), glue.held(3, 1), asked])");
    assert_eq!(answer, json!([21, 1, 24, 12, 1]));
}

#[test]
fn several_results_and_an_exported_function_come_back_through_the_cut() {
    let answer = run(MODULE, LATER, "answer([glue.halves(9), glue.late(), asked])");
    assert_eq!(answer, json!([[4.5, 14], 7, 1]));
}

#[test]
fn a_rest_that_was_joined_before_is_never_asked_for() {
    let answer = run(MODULE, LATER, "glue.joinRest(rest); answer([glue.factorial(4), glue.held(2, 2), glue.late(), asked])");
    assert_eq!(answer, json!([24, 6, 7, 0]));
}

#[test]
fn a_new_instance_is_given_the_rest_anew() {
    let answer = run(
        MODULE,
        LATER,
        "const one = glue.factorial(4); glue.load(first); answer([one, glue.count(), glue.factorial(4), glue.count(), asked])",
    );
    assert_eq!(answer, json!([24, 0, 24, 4, 2]));
}

#[test]
fn a_rest_that_cannot_be_had_is_thrown_to_the_caller_and_asked_for_again() {
    let script = "missing = true;
let words;
try { glue.held(2, 1); } catch (error) { words = error.message; }
missing = false;
answer([words, glue.held(2, 1), asked])";
    assert_eq!(run(MODULE, LATER, script), json!(["no rest", 3, 2]));
}

/// Texts of 16 bytes: who mentions them differs.
const TEXTS: &str = r#"
(module
  (import "./panel_bg.js" "__wbg_tell_0123456789abcdef" (func $tell (param i32)))
  (memory (export "memory") 1)
  (table 1 funcref)
  (data (i32.const 1024) "of the first....of the rest.....of both.........by a pointer....\30\04\00\00 a table....pinned..........")
  (func $held (export "held") (param $at i32) (param $n i32) (result i32) (i32.load8_u (local.get $at)))
  (func (export "count") (result i32) (i32.load8_u (i32.const 1024)) (drop) (i32.load8_u (i32.const 1056)) (drop) (i32.load (i32.const 1088)))
  (func $later::exported (export "late") (result i32)
    (call $tell (i32.load8_u (i32.const 1056)))
    (i32.add (i32.load8_u (i32.const 1040)) (i32.load8_u (i32.const 1104)))))
"#;

/// What the linker would say of them.
fn texts() -> Vec<Object> {
    (0..6).map(|place| Object { at: 1024 + place * 16..1040 + place * 16, pinned: place == 5 }).collect()
}

#[test]
fn data_that_only_the_rest_mentions_comes_with_it_and_all_other_stays() {
    let look = "const look = () => [1024, 1040, 1056, 1072, 1089, 1104].map((at) => glue.held(at, 0));";
    let here = |text: &str| u32::from(text.as_bytes()[0]);
    let (o, b, p, a) = (here("of"), here("by"), here("pinned"), 4);
    let answer =
        run_with_data(TEXTS, LATER, &texts(), &format!("{look} const before = look(); answer([before, glue.late(), look(), glue.told])"));
    assert_eq!(answer, json!([[o, 0, o, b, a, p], o + p, [o, o, o, b, a, p], [o]]));
}

#[test]
fn objects_are_read_from_what_the_linker_leaves_and_one_that_is_reached_from_outside_is_pinned() {
    // Three objects in the second segment; the relocation says that the last is addressed by one byte before it.
    let module = r#"(module (memory 1) (data (i32.const 100) "....") (data (i32.const 1024) "aaaabbbbbbbb....cccc")
      (@custom "linking" "\02\08\16\03\01\00\01a\01\00\04\01\00\01b\01\04\08\01\00\01c\01\10\04")
      (@custom "reloc.CODE" "\00\02\03\05\01\07\03\09\02\7f"))"#;
    let object = |at, pinned| Object { at, pinned };
    let read = objects(&wat::parse_str(module).unwrap()).unwrap();
    assert_eq!(read, [object(1024..1028, false), object(1028..1036, false), object(1040..1044, true)]);
    assert!(objects(&wat::parse_str("(module)").unwrap()).is_err());
}

#[test]
fn a_watched_half_notes_what_ran_and_names_it() {
    let module = r#"(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (func $later::end (param i32))
  (func $other (export "held") (param i32 i32) (result i32) (local.get 1))
  (func $count (export "count") (param i32) (result i32)
    (block $out
      (br_if $out (local.get 0))
      (call $later::end (i32.const 1)))
    (i32.const 2)))"#;
    let Watched { wasm: first, stretches, rest } = watched(&wat::parse_str(module).unwrap(), GLUE, LATER, "", &[]).unwrap();
    let folder = tempfile("watched");
    fs::write(folder.join("first.wasm"), first).unwrap();
    let page = "import fs from 'node:fs';
const module = new WebAssembly.Module(fs.readFileSync(new URL('first.wasm', import.meta.url)));
const all = new WebAssembly.Instance(module, { first: { rest() {} } }).exports;
const call = Object.values(all).find((one) => typeof one === 'function' && one.length === 1);
call(1);
console.log(all.ran0.value);";
    fs::write(folder.join("page.mjs"), page).unwrap();
    let ran = Command::new(setup::node().unwrap()).arg(folder.join("page.mjs")).output().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let bits: u32 = String::from_utf8_lossy(&ran.stdout).trim().parse().unwrap();
    let of = |wanted: bool| stretches.iter().enumerate().filter(move |(bit, _)| (bits >> bit & 1 == 1) == wanted).map(|(_, one)| one);
    assert!(rest.values().eq(["later::end"]), "{rest:?}");
    assert!(of(true).all(|one| one.function == "count") && of(true).count() > 1, "{stretches:?} {bits:b}");
    assert!(of(false).any(|one| one.function == "other"), "{stretches:?} {bits:b}");
    assert!(of(false).any(|one| one.function == "count"), "what lies behind the branch: {stretches:?} {bits:b}");
}

#[test]
fn a_pattern_that_fits_nothing_is_refused_with_its_reason() {
    let wasm = wat::parse_str(MODULE).unwrap();
    let list = [Later { why: "long gone", names: &["later::*", "gone::*"], but: &["back::*"] }];
    let fault = split(&wasm, &open(GLUE).unwrap(), &list, "", &[]).unwrap_err().to_string();
    assert!(fault.contains("  gone::*   (long gone)") && fault.contains("  back::*   (long gone)"), "{fault}");
    assert!(!fault.contains("later::*"), "{fault}");
}

#[test]
fn a_glue_of_another_kind_is_refused() {
    assert!(open("export const other = 1;").is_err());
}

#[test]
fn what_only_a_cold_part_calls_goes_along_and_what_a_warm_part_calls_stays() {
    let module = |first: &str| {
        format!(
            r#"(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (func $helper (result i32) (i32.const 3))
  (func $later::end (param i32))
  (func (export "count") (param i32) (result i32)
    (block $out
      (br_if $out (local.get 0))
      (drop (call $helper))
      {first}
      (call $later::end (i32.const 1)))
    (i32.const 2)))"#
        )
    };
    let size = |first: &str| {
        let wasm = wat::parse_str(module(first)).unwrap();
        let halves = split(&wasm, &open(GLUE).unwrap(), LATER, "", &[]).unwrap();
        ModuleConfig::new().parse(&halves.rest).unwrap().funcs.iter_local().count()
    };
    assert_eq!(size(""), 2, "the helper is only called on the way to a later function");
    assert_eq!(size("(br_if $out (local.get 0))"), 1, "after the helper it may still turn back");
}
