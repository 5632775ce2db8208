//! Other programs: started, waited for, and quoted when they fail.

use std::{
    env,
    io::{self, BufRead, BufReader, Read},
    path::PathBuf,
    process::{Command, ExitStatus, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use crate::fault::Fault;

/// What a program printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Said {
    /// Its standard output.
    pub(crate) out: String,
    /// Standard output and error, in the order their lines came.
    pub(crate) all: String,
    /// How it ended.
    pub(crate) status: ExitStatus,
}

/// Runs a program that must succeed; its output is shown only when it does not.
pub(crate) fn quiet(command: &mut Command) -> Result<Said, Fault> {
    let said = listen(command, |_| {})?;
    if said.status.success() { Ok(said) } else { Err(failed(command, said.status, &said.all)) }
}

/// Runs a program that must succeed, on our own terminal.
pub(crate) fn loud(command: &mut Command) -> Result<(), Fault> {
    let status = command.status().map_err(|source| cannot_start(command, source))?;
    if status.success() { Ok(()) } else { Err(failed(command, status, "")) }
}

/// Runs a program to its end, whatever that is; `line` sees each line as it comes.
pub(crate) fn listen(command: &mut Command, mut line: impl FnMut(&str)) -> Result<Said, Fault> {
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|source| cannot_start(command, source))?;
    let (sender, lines) = mpsc::channel();
    if let Some(out) = child.stdout.take() {
        forward(out, true, sender.clone());
    }
    if let Some(err) = child.stderr.take() {
        forward(err, false, sender.clone());
    }
    drop(sender);
    let (mut out, mut all) = (String::new(), String::new());
    // Lines end when both pipes are closed. A grandchild may hold a pipe open after the program's own end, so that end is looked for too.
    let mut ended = None;
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok((of_out, text)) => {
                line(&text);
                for (wanted, buffer) in [(of_out, &mut out), (true, &mut all)] {
                    if wanted {
                        buffer.push_str(&text);
                        buffer.push('\n');
                    }
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) if ended.is_some() => break,
            Err(mpsc::RecvTimeoutError::Timeout) => ended = child.try_wait().map_err(|source| cannot_start(command, source))?,
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait().map_err(|source| cannot_start(command, source))?;
    Ok(Said { out, all, status })
}

/// Where a program lies, as the shell would find it.
pub(crate) fn which(name: &str) -> Option<PathBuf> {
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(name)).find(|path| path.is_file())
}

/// The cargo that runs us.
pub(crate) fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // These speak of the driver's own package and would confuse the build of another.
    for name in ["CARGO_MANIFEST_DIR", "CARGO_PKG_NAME", "CARGO_PKG_VERSION", "CARGO_MANIFEST_PATH"] {
        command.env_remove(name);
    }
    command
}

fn forward(pipe: impl Read + Send + 'static, of_out: bool, sender: mpsc::Sender<(bool, String)>) {
    thread::spawn(move || {
        let mut reader = BufReader::new(pipe);
        let mut bytes = Vec::new();
        while let Ok(1..) = reader.read_until(b'\n', &mut bytes) {
            let text = String::from_utf8_lossy(&bytes).trim_end_matches(['\n', '\r']).to_owned();
            if sender.send((of_out, text)).is_err() {
                return;
            }
            bytes.clear();
        }
    });
}

fn cannot_start(command: &Command, source: io::Error) -> Fault {
    Fault::Io { path: command.get_program().into(), source }
}

fn failed(command: &Command, status: ExitStatus, said: &str) -> Fault {
    let mut what = PathBuf::from(command.get_program()).file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    for arg in command.get_args().take(8) {
        what.push(' ');
        what.push_str(&arg.to_string_lossy());
    }
    let lines: Vec<_> = said.lines().collect();
    let end: String = lines[lines.len().saturating_sub(60)..].iter().flat_map(|line| ["\n  ", line]).collect();
    Fault::Failed { what, how: status.to_string(), said: end }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failing_program_is_quoted_with_its_status() {
        let fault = quiet(Command::new("sh").args(["-c", "echo sorry >&2; exit 3"])).unwrap_err().to_string();
        assert!(fault.contains("sorry") && fault.contains('3'), "{fault}");
    }

    #[test]
    fn standard_output_is_kept_apart_from_the_errors() {
        let said = quiet(Command::new("sh").args(["-c", "echo yes; echo no >&2"])).unwrap();
        assert_eq!(said.out, "yes\n");
        assert!(said.all.contains("no\n"));
    }

    #[test]
    fn a_grandchild_that_keeps_the_pipe_open_does_not_keep_us() {
        let start = std::time::Instant::now();
        listen(Command::new("sh").args(["-c", "sleep 20 & echo done"]), |_| {}).unwrap();
        assert!(start.elapsed() < Duration::from_secs(10));
    }
}
