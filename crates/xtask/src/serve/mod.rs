//! `serve`: the two sites and the simulated phone system, on loopback, in one process.

mod answer;
mod files;
mod headers;
mod hosts;
mod phones;
mod tls;

use std::{
    net::{Ipv4Addr, Ipv6Addr},
    path::PathBuf,
    process::Command as Program,
    sync::Arc,
};

use hyper::{server::conn::http1, service::service_fn};
use hyper_util::rt::TokioIo;
use tokio::{
    io::{AsyncRead, AsyncReadExt as _, AsyncWrite},
    net::TcpListener,
};

pub(crate) use files::{brotli, gzip};
use hosts::{Names, Site};

use crate::{
    args::{Args, Command, Flag},
    build::{self, Plan},
    fault::Fault,
    place::Place,
    process,
    progress::{Progress, seconds},
};

pub(crate) const COMMAND: Command = Command {
    name: "serve",
    about: "Builds what changed and opens the softphone inside a simulated Lightning page",
    words: "",
    flags: &[
        Flag { name: "--port", value: Some("NUMBER"), help: "the port on loopback; 0: any free one (default 8730)" },
        Flag { name: "--https", value: None, help: "https under acme.lightning.force.com, with a certificate made at start" },
        Flag { name: "--dev", value: None, help: "build fast and large" },
        Flag { name: "--no-build", value: None, help: "serve what the last build left" },
        Flag { name: "--dist", value: Some("FOLDER"), help: "serve this folder instead of dist/; builds nothing" },
        Flag { name: "--open", value: None, help: "open the page in the desktop's browser" },
        Flag { name: "--json", value: None, help: "when ready, print one line of JSON with the URLs, for programs" },
        Flag { name: "--until-eof", value: None, help: "end when standard input ends, so that a test leaves no server behind" },
    ],
    more: "http://lightning.localhost:8730/     the simulated Lightning page (GLOBEX.lightning.localhost: another org)\n\
           http://phone.localhost:8730/panel/   the softphone as an admin hosts it\n\
           ws://phone.localhost:8730/switch     the simulated phone system, agents; /switch/network: its other end\n\n\
           Only loopback is listened to, and only these names are answered.",
    run,
};

/// Where the server listens unless told otherwise.
const PORT: u16 = 8730;

/// What every connection needs.
pub(crate) struct Server {
    names: Names,
    dist: PathBuf,
    files: files::Files,
    phones: phones::Phones,
}

fn run(args: &Args) -> Result<(), Fault> {
    let place = Place::find()?;
    let mut progress = Progress::new(0);
    let dist = args.value("--dist").map_or_else(|| place.at("dist"), PathBuf::from);
    if !args.has("--no-build") && !args.has("--dist") {
        let plan = Plan { dev: args.has("--dev"), headless: false };
        progress = plan.progress();
        build::all(&place, plan, &mut progress)?;
    }
    let port = args.value("--port").map_or(Ok(PORT), |port| port.parse().map_err(|_| Fault::Usage(format!("`{port}` is no port"))))?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|fault| Fault::Project(format!("no event loop: {fault}")))?;
    runtime.block_on(serve(args, dist, port, &progress))
}

async fn serve(args: &Args, dist: PathBuf, port: u16, progress: &Progress) -> Result<(), Fault> {
    let listen = |fault| Fault::Project(format!("port {port} on loopback: {fault}. Another `serve` may run; `--port 0` takes a free one"));
    let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(listen)?;
    let port = v4.local_addr().map_err(listen)?.port();
    // Browsers try ::1 first for *.localhost. A machine without IPv6 does without.
    let v6 = TcpListener::bind((Ipv6Addr::LOCALHOST, port)).await.ok();

    let https = args.has("--https");
    let names = Names { https, port: (!https).then_some(port) };
    let tls = if https { Some(tls::Tls::new(&names)?) } else { None };
    let server = Arc::new(Server { names, dist, files: files::Files::default(), phones: phones::Phones::start() });
    let acceptor = tls.as_ref().map(|tls| tls.acceptor.clone());
    for listener in [Some(v4), v6].into_iter().flatten() {
        tokio::spawn(accept(listener, server.clone(), acceptor.clone()));
    }
    announce(args, &server.names, port, tls.as_ref(), progress);
    if args.has("--until-eof") {
        let mut rest = Vec::new();
        // Whether it ended or broke: whoever held the other end is gone.
        let _ = tokio::io::stdin().read_to_end(&mut rest).await;
    } else {
        let _ = tokio::signal::ctrl_c().await;
    }
    Ok(())
}

async fn accept(listener: TcpListener, server: Arc<Server>, acceptor: Option<tokio_rustls::TlsAcceptor>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        // Small messages of the phone system must not wait for each other.
        let _ = stream.set_nodelay(true);
        let (server, acceptor) = (server.clone(), acceptor.clone());
        tokio::spawn(async move {
            match acceptor {
                None => converse(stream, server).await,
                Some(acceptor) => {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        converse(stream, server).await;
                    }
                }
            }
        });
    }
}

async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static, server: Arc<Server>) {
    let service = service_fn(move |request| {
        let server = server.clone();
        async move { Ok::<_, std::convert::Infallible>(answer::answer(&server, request)) }
    });
    // A connection that breaks is the browser's business.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).with_upgrades().await;
}

fn announce(args: &Args, names: &Names, port: u16, tls: Option<&tls::Tls>, progress: &Progress) {
    let (lightning, phone) = (names.url(Site::Lightning, "/"), names.url(Site::Phone, "/panel/"));
    let (lightning_host, phone_host) = names.pair();
    let mut flags = Vec::new();
    if let Some(tls) = tls {
        flags.push(format!("--host-resolver-rules=MAP {lightning_host}:443 127.0.0.1:{port}, MAP *.lightning.force.com:443 127.0.0.1:{port}, MAP {phone_host}:443 127.0.0.1:{port}"));
        flags.push(format!("--ignore-certificate-errors-spki-list={}", tls.mark));
    }
    if args.has("--json") {
        println!(
            "{}",
            serde_json::json!({ "lightning": lightning, "phone": phone, "port": port, "chromiumFlags": flags, "pid": std::process::id() })
        );
    } else {
        println!();
        println!("  Salesforce, simulated   {lightning}");
        println!("  the softphone's page    {phone}");
        if !flags.is_empty() {
            println!("\n  These names exist only in a browser started with a fresh profile and these flags:");
            println!("    chromium --user-data-dir=\"$(mktemp -d)\" \\");
            for flag in &flags {
                println!("      '{flag}' \\");
            }
            println!("      {lightning}");
        }
        println!("\nready after {}; Ctrl-C ends it", seconds(progress.elapsed()));
    }
    if args.has("--open") {
        let opened =
            process::which("xdg-open").or_else(|| process::which("open")).map(|program| Program::new(program).arg(&lightning).spawn());
        if !matches!(opened, Some(Ok(_))) {
            eprintln!("xtask: found nothing to open a page with; open {lightning} yourself");
        }
    }
}
