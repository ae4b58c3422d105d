using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Connections;
using OmniIoT.Gateway.Dialects;
using OmniIoT.Gateway.Incoming;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Routing;
using OmniIoT.Gateway.Security;
using OmniIoT.Gateway.Sessions;
using OmniIoT.Ports;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Loops;
using OmniIoT.Ports.Messaging;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Security;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Hosting;

/// <summary>The parts that connections and sessions share; one per gateway.</summary>
internal sealed class GatewayCore
{
    private readonly TaskCompletionSource _restored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GatewayCore(
        MqttGatewayOptions options,
        IIngress ingress,
        ICommitter committer,
        ICredentialStore credentials,
        ISessionStore store,
        IProcesses processes,
        IAttempts attempts,
        OmniMetrics metrics,
        IdGenerator ids,
        IEnumerable<IDialect> dialects,
        BackgroundLoops loops,
        TimeProvider time,
        ILogger<GatewayCore> logger,
        ISharedSessions? shared = null,
        ISessionPeers? peers = null
    )
    {
        (Options, Ingress, Store, Processes, Ids, Loops, Time, Logger) = (options, ingress, store, processes, ids, loops, time, logger);
        (Shared, Peers) = (shared, peers);
        Dialects = [.. dialects];
        Counters = new GatewayCounters(metrics);
        Background = new BackgroundWork(logger, Stopping.Token);
        Commits = new SessionCommits(committer, time, logger);
        Scopes = new ScopeRegistry(options, shared is not null, time);
        Sessions = new SessionRegistry(this);
        Router = new Router(options, Counters, logger);
        Submitter = new BatchSubmitter(this);
        Authenticator = new ConnectAuthenticator(credentials, new CertificateSignIn(credentials), Dialects, attempts, options);
    }

    /// <summary>The dialects that clients of this gateway may speak.</summary>
    public IReadOnlyList<IDialect> Dialects { get; }

    public MqttGatewayOptions Options { get; }

    public IIngress Ingress { get; }

    public ISessionStore Store { get; }

    public IProcesses Processes { get; }

    /// <summary>Null: no other process has sessions.</summary>
    public ISharedSessions? Shared { get; }

    /// <summary>Null as <see cref="Shared"/> is.</summary>
    public ISessionPeers? Peers { get; }

    public IdGenerator Ids { get; }

    public BackgroundLoops Loops { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public GatewayCounters Counters { get; }

    public SessionCommits Commits { get; }

    public ScopeRegistry Scopes { get; }

    public SessionRegistry Sessions { get; }

    public Router Router { get; }

    public BatchSubmitter Submitter { get; }

    public ConnectAuthenticator Authenticator { get; }

    public ConnectionRegistry Connections { get; } = new();

    public BackgroundWork Background { get; }

    /// <summary>Cancelled when the gateway stops: nothing waits for storage or partitions beyond it.</summary>
    public CancellationTokenSource Stopping { get; } = new();

    /// <summary>Sessions are loaded: connections are welcome.</summary>
    public bool IsReady { get; set; }

    /// <summary>Completes when sessions and retained messages are loaded.</summary>
    public Task Restored => _restored.Task;

    public void MarkRestored() => _restored.TrySetResult();

    public bool IsStopping { get; set; }

    public Instant Now => new(Time.GetUtcNow().ToUnixTimeMilliseconds());
}
