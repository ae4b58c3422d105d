using System.Globalization;
using System.Net;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>How a process reaches what it shares, where that is not the plain way.</summary>
/// <param name="Database">Where it reaches the database; null: at the database's own address.</param>
/// <param name="Silo">Where the others are told to reach it, at the same port as it listens at on 127.0.0.1; null: there.</param>
/// <param name="Machine">Where it runs; null: here.</param>
internal sealed record MemberLinks(IPEndPoint? Database = null, IPEndPoint? Silo = null, NetworkMachine? Machine = null);

/// <summary>One place for a process of the cluster: whatever ends the process, the next comes back at the same port for devices.</summary>
internal sealed class ClusterMember(string database, MemberLinks links) : IAsyncDisposable
{
    /// <summary>The same for all processes.</summary>
    public static readonly string Key = Convert.ToBase64String([.. Enumerable.Range(1, 32).Select(number => (byte)number)]);

    private readonly int _port = FreePort.Find();
    private int _earlierErrors;

    public HostProcess Host { get; private set; } = null!;

    public HttpClient Api => Host.Api;

    public int MqttPort => _port;

    /// <summary>Where devices reach it.</summary>
    public IPEndPoint Mqtt => new(links.Machine?.Address ?? IPAddress.Loopback, _port);

    /// <summary>What it logged as errors of its own: that connections to lost processes break is the silo's to log.</summary>
    public IEnumerable<string> Errors =>
        Host.Errors.Skip(_earlierErrors).Where(line => line.Contains(": OmniIoT.", StringComparison.Ordinal));

    public async Task StartAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
        string[] settings = [.. Settings()];
        Host = await (links.Machine is { } machine ? HostProcess.StartOnAsync(machine, settings) : HostProcess.StartAsync(null, settings));
        _earlierErrors = 0;
    }

    /// <summary>Holds that it logged none, and says all that it did.</summary>
    public void HasNoErrors() => Assert.True(!Errors.Any(), string.Join(Environment.NewLine, Errors));

    /// <summary>What it logged so far was another test's doing.</summary>
    public void ForgetErrors() => _earlierErrors = Host.Errors.Count;

    /// <summary>Looks until the process sees as many as active.</summary>
    public Task SeesActiveAsync(int processes) =>
        Awaited.Seen(
            async () => (await MetricsAsync()).Contains($"omniiot_processes{{state=\"active\"}} {processes}") ? this : null,
            $"cluster of {processes} active processes"
        );

    public Task IsReadyAsync() => AnswersAsync(HttpStatusCode.OK);

    public Task IsNotReadyAsync() => AnswersAsync(HttpStatusCode.ServiceUnavailable);

    public async ValueTask DisposeAsync()
    {
        if (Host is not null)
            await Host.DisposeAsync();
    }

    private async Task<string[]> MetricsAsync() => (await Api.GetStringAsync(new Uri("/metrics", UriKind.Relative))).Split('\n');

    private Task<ClusterMember> AnswersAsync(HttpStatusCode status) =>
        Awaited.Seen(async () => await Api.StatusAsync(HttpMethod.Get, "/readyz") == status ? this : null, $"{(int)status} from /readyz");

    private IEnumerable<string> Settings()
    {
        string reached = links.Database is { } at
            ? string.Create(CultureInfo.InvariantCulture, $"{database};Host={at.Address};Port={at.Port}")
            : database;
        yield return $"--OmniIoT:Mqtt:Port={_port}";
        yield return "--OmniIoT:Offers:QuietHours=";
        yield return "--OmniIoT:Webhooks:AllowPrivate=true";
        yield return $"--OmniIoT:Cluster:Postgres={reached}";
        yield return $"--OmniIoT:Cluster:Key={Key}";
        yield return $"--OmniIoT:Cluster:SiloPort={links.Silo?.Port ?? 0}";
        if ((links.Silo?.Address ?? links.Machine?.Address) is { } advertised)
            yield return $"--OmniIoT:Cluster:Advertise={advertised}";
    }
}
