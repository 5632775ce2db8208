//! Parts of functions that a first load does not run: they leave, and what they do stays the same.

use super::*;

/// Functions with seldom parts of every shape: each part begins with a call of a later function and holds a large number.
const SELDOM_PARTS: &str = r#"
(module
  (import "./panel_bg.js" "__wbg_tell_0123456789abcdef" (func $tell (param i32)))
  (memory (export "memory") 1)
  (table 1 funcref)
  (func $later::tells (param i32) (call $tell (local.get 0)))

  ;; Three ways out of a part that sets a local: through its end, out of the loop, back to its beginning.
  (func (export "ways") (param $n i32) (result i32) (local $sum i32) (local $i i32)
    (block $done
      (loop $again
        (br_if $done (i32.ge_u (local.get $i) (local.get $n)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (block $usual
          (br_if $usual (i32.rem_u (local.get $i) (i32.const 3)))
          (call $later::tells (local.get $i))
          (i32.store (i32.const 8) (i32.const 123456789))
          (i32.store (i32.const 12) (i32.load (i32.const 8)))
          (i32.store (i32.const 16) (i32.load (i32.const 12)))
          (local.set $sum (i32.add (local.get $sum) (i32.const 100)))
          (br_if $done (i32.gt_u (local.get $sum) (i32.const 250)))
          (br_if $again (i32.eq (local.get $i) (i32.const 3))))
        (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
        (br $again)))
    (local.get $sum))

  ;; One way carries a result, the other nothing.
  (func (export "gives") (param $n i32) (result i32)
    (block $usual
      (br_if $usual (i32.lt_u (local.get $n) (i32.const 10)))
      (call $later::tells (local.get $n))
      (i32.store (i32.const 8) (i32.const 123456789))
      (i32.store (i32.const 12) (i32.load (i32.const 8)))
      (i32.store (i32.const 16) (i32.load (i32.const 12)))
      (if (i32.gt_u (local.get $n) (i32.const 20)) (then (return (i32.mul (local.get $n) (i32.const 2))))))
    (i32.add (local.get $n) (i32.const 1)))

  ;; The only way out carries a result, and something waits on the stack meanwhile.
  (func (export "picks") (param $n i32) (result i32)
    (i32.add
      (i32.const 1000)
      (if (result i32) (local.get $n)
        (then
          (call $later::tells (local.get $n))
          (i32.store (i32.const 8) (i32.const 123456789))
          (i32.store (i32.const 12) (i32.load (i32.const 8)))
          (i32.store (i32.const 16) (i32.load (i32.const 12)))
          (i32.mul (local.get $n) (i32.const 3)))
        (else (i32.const 7)))))

  ;; The end of a loop: through it the loop ends.
  (func (export "turns") (param $n i32) (result i32) (local $turns i32)
    (block $out
      (loop $again
        (br_if $out (i32.eqz (local.get $n)))
        (call $later::tells (local.get $n))
        (i32.store (i32.const 8) (i32.const 123456789))
        (i32.store (i32.const 12) (i32.load (i32.const 8)))
        (local.set $turns (i32.add (local.get $turns) (i32.const 1)))
        (local.set $n (i32.sub (local.get $n) (i32.const 1)))
        (br_if $again (i32.gt_u (local.get $n) (i32.const 2)))))
    (i32.add (i32.mul (local.get $turns) (i32.const 10)) (local.get $n)))

  ;; Other types, a loop inside, and a branch over several sequences.
  (func (export "mixes") (param $n i32) (result i32) (local $long i64) (local $wide f64) (local $i i32)
    (local.set $long (i64.const 5))
    (local.set $wide (f64.const 0.5))
    (block $a (block $b (block $c
      (br_if $c (i32.eqz (local.get $n)))
      (call $later::tells (local.get $n))
      (i32.store (i32.const 8) (i32.const 123456789))
      (i32.store (i32.const 12) (i32.load (i32.const 8)))
      (loop $more
        (local.set $long (i64.mul (local.get $long) (i64.const 2)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br_if $more (i32.lt_u (local.get $i) (local.get $n))))
      (local.set $wide (f64.add (local.get $wide) (f64.const 0.25)))
      (br_table $a $b $c (i32.rem_u (local.get $n) (i32.const 4)))))
      (local.set $long (i64.add (local.get $long) (i64.const 1))))
    (i32.add (i32.wrap_i64 (local.get $long)) (i32.trunc_f64_s (f64.mul (local.get $wide) (f64.const 10000)))))

  ;; A part that nothing comes back from.
  (func (export "ends") (param $n i32) (result i32)
    (if (local.get $n)
      (then
        (call $later::tells (local.get $n))
        (i32.store (i32.const 8) (i32.const 123456789))
        (i32.store (i32.const 12) (i32.load (i32.const 8)))
        (i32.store (i32.const 16) (i32.load (i32.const 12)))
        (i32.store (i32.const 20) (i32.load (i32.const 16)))
        (unreachable)))
    (i32.const 4))
)
"#;

#[test]
fn a_seldom_part_does_what_it_did_whichever_way_it_is_left() {
    let script = "const all = {};
for (const name of ['ways', 'gives', 'picks', 'turns', 'mixes']) all[name] = [0, 2, 3, 5, 6, 9, 15, 25, 100].map((n) => glue[name](n));
answer([all, asked])";
    let usual = |from: &dyn Fn(i32) -> i32| [0, 2, 3, 5, 6, 9, 15, 25, 100].map(from).to_vec();
    let all = json!({
        "ways": usual(&|n| {
            let mut sum = 0;
            for i in 1..=n {
                if i % 3 == 0 {
                    sum += 100;
                    if sum > 250 {
                        break;
                    }
                    if i == 3 {
                        continue;
                    }
                }
                sum += 1;
            }
            sum
        }),
        "gives": usual(&|n| if n > 20 { n * 2 } else { n + 1 }),
        "picks": usual(&|n| 1000 + if n == 0 { 7 } else { n * 3 }),
        "turns": usual(&|n| match n {
            0 => 0,
            1 | 2 => 10 + n - 1,
            _ => (n - 2) * 10 + 2,
        }),
        "mixes": usual(&|n| {
            let long = (0..n).fold(5_i64, |long, _| long.wrapping_mul(2));
            let (long, wide) = if n == 0 { (5, 5000) } else { (long, 7500) };
            // The default of the table is the innermost.
            (if n == 0 || n % 4 != 0 { long.wrapping_add(1) } else { long }) as i32 + wide
        }),
    });
    assert_eq!(run(SELDOM_PARTS, LATER, script), json!([all, 1]));
}

#[test]
fn a_part_that_does_not_come_back_ends_as_it_did() {
    let script = "let words = ''; try { glue.ends(1); } catch (error) { words = error.message; } answer([glue.ends(0), words, glue.told])";
    assert_eq!(run(SELDOM_PARTS, LATER, script), json!([4, "unreachable", [1]]));
}

#[test]
fn seldom_parts_are_no_part_of_the_first_half() {
    let halves = split(&wat::parse_str(SELDOM_PARTS).unwrap(), &open(GLUE).unwrap(), LATER, "", &[]).unwrap();
    // 123456789 as the module writes it.
    let number = [0x41, 0x95, 0x9a, 0xef, 0x3a];
    let count = |half: &[u8]| half.windows(5).filter(|bytes| *bytes == number).count();
    assert_eq!((count(&halves.first), count(&halves.rest)), (0, 6));
}

#[test]
fn what_no_load_ran_is_learnt_and_leaves_and_what_looks_like_something_that_ran_stays() {
    let arm = |slot: u32| {
        format!(
            "(i32.store offset={slot} (i32.const 0) (i32.const 123456789)) (i32.store (i32.const 4) (i32.load (i32.const 0))) (i32.store (i32.const 8) (i32.load (i32.const 4)))"
        )
    };
    let module = format!(
        r#"(module
  (memory (export "memory") 1)
  (table 1 funcref)
  (func $later::never)
  (func (export "idle") (call $later::never))
  (func (@name "hookswitch_x::twin[1]") (export "held") (param i32 i32) (result i32)
    (if (local.get 0) (then {})) (local.get 1))
  (func (@name "hookswitch_x::twin[2]") (export "factorial") (param i32) (result i32)
    (if (local.get 0) (then {})) (i32.const 5))
  (func $hookswitch_x::alone (export "count") (param i32) (result i32)
    (if (local.get 0) (then {})) (i32.const 6)))"#,
        arm(0),
        arm(4),
        arm(8)
    );
    let wasm = wat::parse_str(&module).unwrap();
    let learner = learner(&wasm).unwrap();
    // One twin does what it does if it is asked to, the other does not; nor does the last function.
    let folder = tempfile("learner");
    fs::write(folder.join("whole.wasm"), &learner.wasm).unwrap();
    let page = "import fs from 'node:fs';
const all = new WebAssembly.Instance(new WebAssembly.Module(fs.readFileSync(new URL('whole.wasm', import.meta.url)))).exports;
all.a(); all.b(1, 0); all.c(0); all.d(0);
console.log(all.ran0.value);";
    fs::write(folder.join("page.mjs"), page).unwrap();
    let ran = Command::new(setup::node().unwrap()).arg(folder.join("page.mjs")).output().unwrap();
    fs::remove_dir_all(&folder).unwrap();
    let bits: i32 = String::from_utf8_lossy(&ran.stdout).trim().parse().unwrap();
    let profile = learner.profile(&[bits.cast_unsigned()]);
    assert_eq!(profile.lines().count(), 1, "{profile}");
    let halves = split(&wasm, &open(GLUE).unwrap(), LATER, &profile, &[]).unwrap();
    let number = [0x41, 0x95, 0x9a, 0xef, 0x3a];
    let count = |half: &[u8]| half.windows(5).filter(|bytes| *bytes == number).count();
    assert_eq!((count(&halves.first), count(&halves.rest)), (2, 1));
}
