//! Where nodes, lines and words of a diagram go: rows of nodes with rows of words between them, as Sugiyama has it.
//!
//! Sums, products and quotients only, in a fixed order: the same everywhere, to the last digit.

/// What is to be placed. Nodes come in an order in which most lines go onward.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Width and height of each node.
    pub(super) nodes: Vec<(f64, f64)>,
    /// Lines: from, to, and the size of the words on them.
    pub(super) lines: Vec<(usize, usize, (f64, f64))>,
    /// Not drawn, but the second node comes below the first.
    pub(super) below: Vec<(usize, usize)>,
}

/// Where everything is.
#[derive(Debug)]
pub(super) struct Placed {
    /// The middle of each node.
    pub(super) nodes: Vec<(f64, f64)>,
    /// The points each line goes through, downward or upward.
    pub(super) lines: Vec<Vec<(f64, f64)>>,
    /// The middle of the words on each line.
    pub(super) words: Vec<(f64, f64)>,
    /// How far it goes down.
    pub(super) height: f64,
    /// How far it goes to the right.
    pub(super) width: f64,
}

/// A node, or a piece of a line in one row.
#[derive(Clone, Debug, Default)]
struct Item {
    width: f64,
    height: f64,
    row: usize,
    up: Vec<usize>,
    down: Vec<usize>,
    x: f64,
}

impl Item {
    /// Of a line: between two others.
    fn is_piece(&self) -> bool {
        self.width <= THIN || self.row % 2 == 1
    }
}

/// A line by itself.
const THIN: f64 = 4.0;
/// Between two things beside each other.
const GAP: f64 = 14.0;
/// Between two rows.
const ROW_GAP: f64 = 15.0;

/// Places everything.
pub(super) fn place(plan: &Plan) -> Placed {
    let ranks = ranks(plan);
    let mut items: Vec<Item> =
        plan.nodes.iter().zip(&ranks).map(|(&(width, height), rank)| Item { width, height, row: rank * 2, ..Item::default() }).collect();
    let mut chains = Vec::new();
    for &(from, to, size) in &plan.lines {
        let (top, bottom) = if ranks[from] < ranks[to] { (from, to) } else { (to, from) };
        let (first, last) = (ranks[top] * 2, ranks[bottom] * 2);
        let middle = (first + last) / 2;
        let word = if middle % 2 == 1 { middle } else { middle - 1 };
        let mut chain = vec![top];
        for row in first + 1..last {
            let (width, height) = if row == word { size } else { (THIN, 0.0) };
            items.push(Item { width, height, row, ..Item::default() });
            chain.push(items.len() - 1);
        }
        chain.push(bottom);
        for pair in chain.windows(2) {
            items[pair[0]].down.push(pair[1]);
            items[pair[1]].up.push(pair[0]);
        }
        chains.push((chain, word - first));
    }
    let rows = order(&items);
    spread(&mut items, &rows, &plan.below);
    let left = items.iter().map(|item| item.x - item.width / 2.0).fold(f64::MAX, f64::min);
    for item in &mut items {
        item.x -= left;
    }
    let width = items.iter().map(|item| item.x + item.width / 2.0).fold(0.0, f64::max);
    let mut y = 0.0;
    let mut middles = Vec::new();
    for row in &rows {
        let height = row.iter().map(|item| items[*item].height).fold(0.0, f64::max);
        middles.push(y + height / 2.0);
        y += height + ROW_GAP;
    }
    let at = |item: usize| (items[item].x, middles[items[item].row]);
    let lines = chains.iter().map(|(chain, _)| points(chain, &items, &middles)).zip(&plan.lines);
    Placed {
        nodes: (0..plan.nodes.len()).map(at).collect(),
        lines: lines
            .map(|(points, line)| if ranks[line.0] < ranks[line.1] { points } else { points.into_iter().rev().collect() })
            .collect(),
        words: chains.iter().map(|(chain, word)| at(chain[*word])).collect(),
        height: y - ROW_GAP,
        width,
    }
}

/// The row of each node: one below the lowest from which a line comes, of those before it in order.
fn ranks(plan: &Plan) -> Vec<usize> {
    let mut ranks = vec![0; plan.nodes.len()];
    for to in 0..ranks.len() {
        let lines = plan.lines.iter().map(|line| (line.0, line.1));
        let both = lines.clone().chain(lines.map(|(from, to)| (to, from)));
        let above = both.chain(plan.below.iter().copied()).filter(|line| line.1 == to && line.0 < to);
        ranks[to] = above.map(|(from, _)| ranks[from] + 1).max().unwrap_or(0);
    }
    ranks
}

/// The items of each row from left to right, with few crossings.
fn order(items: &[Item]) -> Vec<Vec<usize>> {
    let mut rows = vec![Vec::new(); items.iter().map(|item| item.row + 1).max().unwrap_or(0)];
    for (at, item) in items.iter().enumerate() {
        rows[item.row].push(at);
    }
    let mut best = (crossings(items, &rows), rows.clone());
    for sweep in 0..60 {
        let down = sweep % 2 == 0;
        let count = rows.len();
        for step in 1..count {
            let row = if down { step } else { count - 1 - step };
            let beside = if down { row - 1 } else { row + 1 };
            let mut keyed: Vec<(f64, usize)> = rows[row]
                .iter()
                .enumerate()
                .map(|(place, item)| {
                    let neighbours = if down { &items[*item].up } else { &items[*item].down };
                    (mean(neighbours.iter().map(|other| position(&rows[beside], *other))).unwrap_or(place as f64), *item)
                })
                .collect();
            keyed.sort_by(|one, other| one.0.total_cmp(&other.0));
            rows[row] = keyed.into_iter().map(|(_, item)| item).collect();
        }
        let now = crossings(items, &rows);
        if now < best.0 {
            best = (now, rows.clone());
        }
    }
    best.1
}

fn crossings(items: &[Item], rows: &[Vec<usize>]) -> usize {
    let mut count = 0;
    for pair in rows.windows(2) {
        let lines: Vec<(f64, f64)> = pair[0]
            .iter()
            .enumerate()
            .flat_map(|(place, item)| items[*item].down.iter().map(move |to| (place as f64, *to)))
            .map(|(place, to)| (place, position(&pair[1], to)))
            .collect();
        for (at, one) in lines.iter().enumerate() {
            count += lines[at + 1..].iter().filter(|other| (one.0 - other.0) * (one.1 - other.1) < 0.0).count();
        }
    }
    count
}

fn position(row: &[usize], item: usize) -> f64 {
    row.iter().position(|other| *other == item).unwrap_or(0) as f64
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (count, sum) = values.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    (count > 0.0).then(|| sum / count)
}

/// Brings everything as near below and above its neighbours as its row has room for.
fn spread(items: &mut [Item], rows: &[Vec<usize>], below: &[(usize, usize)]) {
    for row in rows {
        let mut x = 0.0;
        for item in row {
            items[*item].x = x + items[*item].width / 2.0;
            x += items[*item].width + GAP;
        }
    }
    for sweep in 0..80 {
        for step in 0..rows.len() {
            let row = &rows[if sweep % 2 == 0 { step } else { rows.len() - 1 - step }];
            // How far each is to the right of where it is when all stand as close to the left as they can.
            let mut close = Vec::new();
            let mut x = 0.0;
            for item in row {
                close.push(x + items[*item].width / 2.0);
                x += items[*item].width + GAP;
            }
            let wanted = row.iter().zip(&close).map(|(at, close)| {
                let item = &items[*at];
                let above = below.iter().filter(|pair| pair.1 == *at).map(|pair| items[pair.0].x);
                // Lines are straight before anything else.
                let pull = item.up.iter().chain(&item.down).flat_map(|other| {
                    let thin = item.is_piece() && items[*other].is_piece();
                    std::iter::repeat_n(items[*other].x, if thin { 6 } else { 1 })
                });
                mean(pull.chain(above)).unwrap_or(item.x) - close
            });
            for ((item, close), shift) in row.iter().zip(&close).zip(ascending(wanted)) {
                items[*item].x = close + shift;
            }
        }
    }
}

/// The ascending row of numbers that is nearest to the given one: neighbours in the wrong order get their mean.
fn ascending(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for value in values {
        let mut pool = (value, 1);
        while let Some(before) = pools.pop_if(|before| before.0 / before.1 as f64 > pool.0 / pool.1 as f64) {
            pool = (pool.0 + before.0, pool.1 + before.1);
        }
        pools.push(pool);
    }
    pools.into_iter().flat_map(|(sum, count)| vec![sum / count as f64; count]).collect()
}

/// From the bottom of one node through its pieces to the top of another; several at one side stand beside each other.
fn points(chain: &[usize], items: &[Item], middles: &[f64]) -> Vec<(f64, f64)> {
    let (top, bottom) = (chain[0], chain[chain.len() - 1]);
    let port = |node: usize, mut side: Vec<usize>, piece: usize| {
        side.sort_by(|one, other| items[*one].x.total_cmp(&items[*other].x));
        let share = (position(&side, piece) + 0.5) / side.len() as f64 - 0.5;
        items[node].x + share * (items[node].width - 16.0).clamp(0.0, 26.0 * side.len() as f64)
    };
    let first = (port(top, items[top].down.clone(), chain[1]), middles[items[top].row] + items[top].height / 2.0);
    let before = chain[chain.len() - 2];
    let last = (port(bottom, items[bottom].up.clone(), before), middles[items[bottom].row] - items[bottom].height / 2.0);
    let between = chain[1..chain.len() - 1].iter().map(|piece| (items[*piece].x, middles[items[*piece].row]));
    std::iter::once(first).chain(between).chain(std::iter::once(last)).collect()
}
