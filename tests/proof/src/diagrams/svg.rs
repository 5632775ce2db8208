//! A diagram as SVG.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{
    explore::{END, Edges, START, Who},
    layout::{self, Plan},
};

type Labels = BTreeSet<(Who, String)>;

/// A state with lines from more than so many others, and few onward, is a harbour: what leads to it is not drawn as lines but told by
/// spots in its colour, and a table.
const MANY: usize = 5;
/// Spots and tints of harbours.
const HARBOURS: [(&str, &str); 4] = [("#c2410c", "#ffedd5"), ("#7c3aed", "#ede9fe"), ("#475569", "#e2e8f0"), ("#be185d", "#fce7f3")];
/// No diagram is narrower.
const WIDTH: f64 = 1200.0;
/// Around everything.
const EDGE: f64 = 32.0;
/// One line of words.
const LINE: f64 = 15.0;

impl Who {
    const fn colour(self) -> &'static str {
        match self {
            Self::Agent => "#1d4ed8",
            Self::Phone => "#15803d",
            Self::Time => "#b91c1c",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Agent => "the agent does it",
            Self::Phone => "the phone system reports it",
            Self::Time => "time passes",
        }
    }
}

/// Draws it, under a title and a sentence.
pub(super) fn draw(title: &str, about: &str, edges: &Edges) -> String {
    let mut names = names(edges);
    let sources = |name: &String| edges.keys().filter(|(_, to)| to == name).count();
    let onward = |name: &String| edges.keys().filter(|(from, _)| from == name).count();
    let is_harbour = |name: &String| sources(name) > MANY && sources(name) > 2 * onward(name);
    // Harbours come last: a way ends there.
    names.sort_by_key(is_harbour);
    let number = |name: &String| names.iter().position(|other| other == name).unwrap_or(0);
    let harbours: Vec<&String> = names.iter().filter(|name| is_harbour(name)).collect();
    let hidden = |from: &String, to: &String| harbours.contains(&to) && !harbours.contains(&from);
    let mut plan = Plan::default();
    plan.nodes.extend(names.iter().map(|name| size(name)));
    let mut drawn = Vec::new();
    for ((from, to), labels) in edges {
        if hidden(from, to) {
            plan.below.push((number(from), number(to)));
        } else {
            let wide = labels.iter().map(|(_, label)| label.len()).max().unwrap_or(0) as f64;
            plan.lines.push((number(from), number(to), (wide.mul_add(6.6, 8.0), labels.len() as f64 * LINE)));
            drawn.push(labels);
        }
    }
    let placed = layout::place(&plan);
    let width = WIDTH.max(EDGE.mul_add(2.0, placed.width));
    let (left, top) = ((width - placed.width) / 2.0, EDGE + 62.0);
    let mut body = String::new();
    for ((points, middle), labels) in placed.lines.iter().zip(&placed.words).zip(&drawn) {
        line(&mut body, points, (left, top), labels);
        words(&mut body, (middle.0 + left, middle.1 + top), labels);
    }
    for (name, (x, y)) in names.iter().zip(&placed.nodes) {
        let spots = harbours.iter().enumerate().filter(|(_, to)| hidden(name, to) && edges.contains_key(&(name.clone(), (**to).clone())));
        let tint = harbours.iter().position(|harbour| *harbour == name).map(|at| HARBOURS[at % HARBOURS.len()]);
        node(&mut body, name, (x + left, y + top), tint, spots.map(|(at, _)| HARBOURS[at % HARBOURS.len()].0));
    }
    let mut y = top + placed.height + 44.0;
    if !harbours.is_empty() {
        y = table(&mut body, edges, &harbours, y, width);
    }
    let mut page = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {y:.0}\" width=\"{width:.0}\" height=\"{y:.0}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"{title}\">\n\
         <!-- Drawn by `cargo xtask diagrams`; do not edit. -->\n<title>{title}</title>\n\
         <rect width=\"{width:.0}\" height=\"{y:.0}\" rx=\"12\" fill=\"#ffffff\"/>\n\
         <text x=\"{EDGE}\" y=\"46\" font-size=\"22\" font-weight=\"600\" fill=\"#0f172a\">{title}</text>\n\
         <text x=\"{EDGE}\" y=\"68\" font-size=\"13\" fill=\"#475569\">{about}</text>\n"
    );
    let mut x = width - EDGE;
    for who in [Who::Time, Who::Phone, Who::Agent] {
        let _ = writeln!(page, "<text x=\"{x:.0}\" y=\"46\" text-anchor=\"end\" fill=\"{}\">{}</text>", who.colour(), who.words());
        x -= (who.words().len() as f64).mul_add(6.2, 24.0);
    }
    page.push_str(&body);
    page.push_str("</svg>\n");
    page
}

/// Every state, each after one from which it is reached, the end last.
fn names(edges: &Edges) -> Vec<String> {
    let mut names = vec![START.to_owned()];
    let mut at = 0;
    while at < names.len() {
        let next = edges.keys().filter(|(from, to)| *from == names[at] && to != END && !names.contains(to));
        let next: Vec<_> = next.map(|(_, to)| to.clone()).collect();
        names.extend(next);
        at += 1;
    }
    names.extend(edges.keys().any(|(_, to)| to == END).then(|| END.to_owned()));
    names
}

fn size(name: &str) -> (f64, f64) {
    if name == START { (16.0, 16.0) } else { ((name.len() as f64).mul_add(8.2, 36.0).max(96.0), 40.0) }
}

fn line(body: &mut String, points: &[(f64, f64)], (left, top): (f64, f64), labels: &Labels) {
    let at = |point: usize| (points[point].0 + left, points[point].1 + top);
    // How far to the side it goes per step downward: upright at both ends, as from the point before to the point after in between.
    let slope = |point: usize| match (point.checked_sub(1), points.get(point + 1)) {
        (Some(before), Some(after)) => (after.0 - points[before].0) / (after.1 - points[before].1),
        _ => 0.0,
    };
    let mut path = format!("M{:.1} {:.1}", at(0).0, at(0).1);
    for point in 1..points.len() {
        let ((x, y), (to_x, to_y)) = (at(point - 1), at(point));
        let third = (to_y - y) / 3.0;
        let (out, into) = (slope(point - 1).mul_add(third, x), slope(point).mul_add(-third, to_x));
        let _ = write!(path, " C{out:.1} {:.1} {into:.1} {:.1} {to_x:.1} {to_y:.1}", y + third, to_y - third);
    }
    let colour = one_colour(labels);
    let _ = writeln!(body, "<path d=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.4\" stroke-opacity=\"0.75\"/>");
    // Every line comes in upright.
    if let [.., (_, other), (x, y)] = points {
        let (x, y, back) = (x + left, y + top, if y > other { -8.0 } else { 8.0 });
        let (one, two, base) = (x - 4.5, x + 4.5, y + back);
        let _ = writeln!(body, "<path d=\"M{x:.1} {y:.1} L{one:.1} {base:.1} L{two:.1} {base:.1} Z\" fill=\"{colour}\"/>");
    }
}

fn one_colour(labels: &Labels) -> &'static str {
    let mut who = labels.iter().map(|(who, _)| *who);
    who.next().filter(|first| who.all(|other| other == *first)).map_or("#64748b", Who::colour)
}

fn words(body: &mut String, (x, y): (f64, f64), labels: &Labels) {
    let top = (labels.len() as f64).mul_add(-LINE / 2.0, y);
    for (at, (who, label)) in labels.iter().enumerate() {
        let y = (at as f64).mul_add(LINE, top + 11.5);
        let _ = writeln!(
            body,
            "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"5\" paint-order=\"stroke\">{label}</text>",
            who.colour()
        );
    }
}

fn node(body: &mut String, name: &str, (x, y): (f64, f64), tint: Option<(&str, &str)>, spots: impl Iterator<Item = &'static str>) {
    if name == START {
        let _ = writeln!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"8\" fill=\"#0f172a\"/>");
        return;
    }
    let (width, height) = size(name);
    let (stroke, fill) = tint.unwrap_or(("#0f172a", "#f8fafc"));
    let round = if name == END { 20 } else { 10 };
    let (left, top) = (x - width / 2.0, y - height / 2.0);
    let _ = writeln!(
        body,
        "<rect x=\"{left:.1}\" y=\"{top:.1}\" width=\"{width:.1}\" height=\"{height:.1}\" rx=\"{round}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"1.6\"/>"
    );
    let _ = writeln!(
        body,
        "<text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" font-size=\"14\" font-weight=\"600\" fill=\"#0f172a\">{name}</text>",
        y + 5.0
    );
    for (at, colour) in spots.enumerate() {
        let (x, y) = ((at as f64).mul_add(-13.0, left + width - 12.0), top + height);
        let _ = writeln!(body, "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\" fill=\"{colour}\" stroke=\"#ffffff\" stroke-width=\"1.5\"/>");
    }
}

/// What leads to each harbour, one column for each; where it ends.
fn table(body: &mut String, edges: &Edges, harbours: &[&String], top: f64, width: f64) -> f64 {
    let column = EDGE.mul_add(-2.0, width) / harbours.len() as f64;
    let mut end = top;
    for (at, harbour) in harbours.iter().enumerate() {
        let (x, colour) = ((at as f64).mul_add(column, EDGE), HARBOURS[at % HARBOURS.len()].0);
        let mut y = top;
        let _ = writeln!(body, "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\" fill=\"{colour}\"/>", x + 5.0, y - 4.5);
        let _ = writeln!(
            body,
            "<text x=\"{:.1}\" y=\"{y:.1}\" font-size=\"14\" font-weight=\"600\" fill=\"{colour}\">to {harbour}, from</text>",
            x + 17.0
        );
        let mut alike: BTreeMap<&Labels, Vec<&str>> = BTreeMap::new();
        for ((from, _), labels) in edges.iter().filter(|((from, to), _)| to == *harbour && !harbours.contains(&from)) {
            alike.entry(labels).or_default().push(from);
        }
        for (labels, from) in alike {
            y += 24.0;
            for three in from.chunks(3) {
                let _ = writeln!(
                    body,
                    "<text x=\"{:.1}\" y=\"{y:.1}\" fill=\"#0f172a\" font-weight=\"600\">{}</text>",
                    x + 17.0,
                    three.join(", ")
                );
                y += LINE;
            }
            let _ = write!(body, "<text x=\"{:.1}\" y=\"{y:.1}\">", x + 17.0);
            for (who, label) in labels {
                let _ = write!(body, "<tspan fill=\"{}\">{label}</tspan> ", who.colour());
            }
            body.push_str("</text>\n");
        }
        end = end.max(y);
    }
    end + EDGE
}
