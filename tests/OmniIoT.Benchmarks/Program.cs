using System.CommandLine;
using BenchmarkDotNet.Running;
using OmniIoT.Benchmarks;
using OmniIoT.Benchmarks.Anomalies;
using OmniIoT.Benchmarks.Answers;
using OmniIoT.Benchmarks.Desk;
using OmniIoT.Processes;
using OmniIoT.Simulators;
using OmniIoT.Simulators.Commands;
using OmniIoT.Simulators.Load;

CancellationToken stopping = StopSignal.Listen();
string repository = FindRepository();

Command bench = new("bench", "BenchmarkDotNet over codec, rules and fences; further arguments are its own.")
{
    TreatUnmatchedTokensAsErrors = false,
};
bench.SetAction(result =>
{
    using CancellationTokenRegistration stop = EndWhenStopped();
    BenchmarkSwitcher
        .FromAssembly(typeof(HotPathBenchmarks).Assembly)
        .Run(result.UnmatchedTokens.Count > 0 ? [.. result.UnmatchedTokens] : ["--filter", "*"]);
});

Command gate = new("gate", "Fails when a hot path allocates more than allocations.json allows.");
gate.SetAction(_ =>
{
    using CancellationTokenRegistration stop = EndWhenStopped();
    return AllocationGate.Run(Path.Combine(repository, "tests/OmniIoT.Benchmarks/allocations.json"), Console.Out);
});

Option<int> seconds = new("--seconds") { Description = "Length of each run.", DefaultValueFactory = _ => 10 };
Option<int> connections = new("--connections") { Description = "Connections, a device each.", DefaultValueFactory = _ => 100 };
Option<int> window = new("--window") { Description = "Messages under way per connection.", DefaultValueFactory = _ => 100 };
Option<int> rate = new("--rate")
{
    Description =
        "Messages per second over all connections, evenly; latency counts from the time that each is due. 0: as many as the server takes.",
    DefaultValueFactory = _ => 0,
};
Option<int> devices = new("--devices")
{
    Description = "Sparse: so many devices in this process, each message another's, without sockets. 0: connections.",
    DefaultValueFactory = _ => 0,
};
Command load = new("load", "Builds and starts the host, drives it at full speed, and mosquitto with the same generator.")
{
    seconds,
    connections,
    window,
    rate,
    devices,
};
load.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                result.GetValue(devices) is > 0 and var many
                    ? SparseLoad.RunAsync(many, TimeSpan.FromSeconds(result.GetValue(seconds)), cancellationToken)
                    : LoadComparison.RunAsync(LoadOf(result), repository, cancellationToken),
            cancellationToken
        )
);

Option<int> active = new("--devices")
{
    Description = "Devices to be woken and measured, after as many others.",
    DefaultValueFactory = _ => 20_000,
};
Command memory = new("memory", "Bytes of heap for each device whose grain is in memory.") { active };
memory.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(() => DeviceMemory.RunAsync(result.GetValue(active), cancellationToken), cancellationToken)
);

Option<int> customers = new("--customers")
{
    Description = "Customers, with two devices and ten entries of timelines each.",
    DefaultValueFactory = _ => 100_000,
};
Command search = new("search", "How long searches take in a store of many customers, beside a scan.") { customers };
search.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(() => SearchTimes.RunAsync(result.GetValue(customers), cancellationToken), cancellationToken)
);

Option<long> contacts = new("--contacts") { Description = "Contacts in the year.", DefaultValueFactory = _ => 10_000_000 };
Command reports = new("reports", "How long a year of reports takes, from what is counted in each commit.") { contacts };
reports.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(() => ReportTimes.RunAsync(result.GetValue(contacts), cancellationToken), cancellationToken)
);

Option<int> few = new("--devices") { Description = "Devices that speak in turn.", DefaultValueFactory = _ => 200 };
Command windows = new("windows", "What three windows of an hour in each of ten rules add to a message: CPU and bytes written.")
{
    seconds,
    few,
};
windows.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () => WindowCosts.RunAsync(result.GetValue(few), TimeSpan.FromSeconds(result.GetValue(seconds)), cancellationToken),
            cancellationToken
        )
);

Command fanIn = new("fan-in", "QoS 0 from many publishers to one subscriber: laboratory mode beside mosquitto.") { seconds, connections };
fanIn.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                FanInComparison.RunAsync(
                    result.GetValue(connections),
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    repository,
                    cancellationToken
                ),
            cancellationToken
        )
);

Option<int> held = new("--connections") { Description = "Connections that say nothing.", DefaultValueFactory = _ => 10_000 };
Command idle = new("idle", "Memory and CPU of connections that say nothing, beside mosquitto's.") { seconds, held };
idle.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                IdleConnections.RunAsync(
                    result.GetValue(held),
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    repository,
                    cancellationToken
                ),
            cancellationToken
        )
);

Option<int> sessions = new("--sessions") { Description = "Devices with a session each.", DefaultValueFactory = _ => 5_000 };
Command comeBack = new("return", "All sessions come back at once after a restart, each with a command that waits: time and CPU.")
{
    sessions,
};
comeBack.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(() => ReturningSessions.RunAsync(result.GetValue(sessions), repository, cancellationToken), cancellationToken)
);

Option<int> calls = new("--calls") { Description = "Calls at once.", DefaultValueFactory = _ => 200 };
Command voice = new("voice", "Simulated calls at once through a voice menu: how long each turn takes to be answered.") { calls };
voice.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(() => SimulatedCalls.RunAsync(result.GetValue(calls), repository, cancellationToken), cancellationToken)
);

Option<string> postgres = new("--postgres")
{
    Description = "Connection string of a PostgreSQL server, as a user who may create databases.",
    Required = true,
};
Option<string[]> settings = new("--setting")
{
    Description = "A further setting of the processes, as OmniIoT:Telemetry:Influx:Url=…; may be repeated.",
    DefaultValueFactory = _ => [],
};
Command cluster = new(
    "cluster",
    "The load on embedded storage, and on one, two and three processes that share a PostgreSQL server; then how long a lost process is missed."
)
{
    postgres,
    settings,
    seconds,
    connections,
    window,
    rate,
};
cluster.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                ClusterComparison.RunAsync(
                    LoadOf(result),
                    new ClusterSettings(result.GetValue(postgres)!, [.. result.GetValue(settings)!.Select(setting => $"--{setting}")]),
                    repository,
                    cancellationToken
                ),
            cancellationToken
        )
);

Option<int[]> fenceCounts = new("--fences")
{
    Description = "Numbers of fences; may be repeated.",
    DefaultValueFactory = _ => [1_000, 100_000, 1_000_000],
};
Command fences = new("fences", "Points matched against shops in cities, beside NetTopologySuite's STRtree; bytes and time to build.")
{
    fenceCounts,
};
fences.SetAction(result =>
{
    using CancellationTokenRegistration stop = EndWhenStopped();
    return new FenceComparison(Console.Out).Run(result.GetValue(fenceCounts)!, stopping);
});

Option<int> messages = new("--messages") { Description = "Messages of each client.", DefaultValueFactory = _ => 500_000 };
Command clients = new("clients", "CPU that a published message costs our client and MQTTnet.") { messages };
clients.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(() => ClientComparison.RunAsync(result.GetValue(messages), cancellationToken), cancellationToken)
);

Option<string?> recordings = new("--data") { Description = "Folder of recorded series as the Numenta Anomaly Benchmark has them." };
Option<string?> labels = new("--labels") { Description = "JSON file of the windows in which those series are known to be wrong." };
Command anomaly = new("anomaly", "The benchmark's scores of anomaly, beside nothing flagged and plain peers.") { recordings, labels };
anomaly.SetAction(result =>
{
    using CancellationTokenRegistration stop = EndWhenStopped();
    AnomalyComparison.Run(result.GetValue(recordings), result.GetValue(labels), Console.Out);
});

Option<bool> wrong = new("--wrong") { Description = "Also print what is answered wrongly in the half that is tuned on." };
Command answers = new("answers", "How often a bot answers right, by language and by half of the questions.") { wrong };
answers.SetAction(result => AnswerComparison.Run(result.GetValue(wrong)));

Option<int> writers = new("--customers") { Description = "Customers who write in turn.", DefaultValueFactory = _ => 1_000 };
Command inbound = new("inbound", "Messages of customers by webhook, each on disk when it is answered: rate, times and CPU.")
{
    seconds,
    writers,
};
inbound.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () =>
                InboundMessages.RunAsync(
                    result.GetValue(writers),
                    TimeSpan.FromSeconds(result.GetValue(seconds)),
                    repository,
                    cancellationToken
                ),
            cancellationToken
        )
);

Option<int> waiting = new("--conversations") { Description = "Conversations that wait.", DefaultValueFactory = _ => 1_000 };
Option<int> agents = new("--agents") { Description = "Agents who are there.", DefaultValueFactory = _ => 50 };
Command routing = new("routing", "How long it takes until each of many conversations has an agent.") { waiting, agents };
routing.SetAction(
    (result, cancellationToken) =>
        Shell.RunAsync(
            () => RoutedWork.RunAsync(result.GetValue(waiting), result.GetValue(agents), repository, cancellationToken),
            cancellationToken
        )
);

// Without its own handling of signals: it begins once the action runs, ends before the process does, and cuts short in between.
return await new RootCommand("Benchmarks of OmniIoT.")
{
    bench,
    gate,
    load,
    memory,
    search,
    reports,
    windows,
    fences,
    fanIn,
    idle,
    comeBack,
    clients,
    cluster,
    anomaly,
    answers,
    inbound,
    routing,
    voice,
}
    .Parse(args)
    .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null }, stopping);

LoadOptions LoadOf(ParseResult result) =>
    new()
    {
        Host = new HostAddress("127.0.0.1", 0, new Uri("http://127.0.0.1/"), null),
        Duration = TimeSpan.FromSeconds(result.GetValue(seconds)),
        Connections = result.GetValue(connections),
        Window = result.GetValue(window),
        Rate = result.GetValue(rate),
        Paced = result.GetValue(rate) > 0,
    };

// For what knows no cancellation and has nothing to keep.
CancellationTokenRegistration EndWhenStopped() => stopping.Register(static () => Environment.Exit(0));

static string FindRepository()
{
    for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
    {
        if (File.Exists(Path.Combine(folder, "OmniIoT.sln")))
            return folder;
    }
    throw new InvalidOperationException("Run the benchmarks within the repository.");
}
