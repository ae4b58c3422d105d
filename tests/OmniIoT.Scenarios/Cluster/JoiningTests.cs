using System.Text.Json.Nodes;
using Npgsql;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Who may join a cluster: others must be able to reach it, and it must be able to read what they sealed.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class JoiningTests(ThreeProcesses processes)
{
    private const int CannotStart = 2;

    [Fact]
    public async Task A_process_with_another_key_ends_with_a_line_that_names_the_setting()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();

        (int code, string output) = await StartToFailAsync(cluster, $"--OmniIoT:Cluster:Key={Convert.ToBase64String(new byte[32])}");

        Assert.Equal(CannotStart, code);
        AssertOneLine("OmniIoT:Cluster:Key", output);
    }

    /// <summary>An address that nobody has, and one of this machine that the process does not listen at.</summary>
    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("127.0.0.77")]
    public async Task A_process_that_nobody_reaches_where_it_says_ends_with_a_line_that_names_the_setting_and_never_joins(string advertised)
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        int errors = cluster.Members.Sum(member => member.Host.Errors.Count);

        (int code, string output) = await StartToFailAsync(
            cluster,
            $"--OmniIoT:Cluster:Key={ClusterMember.Key}",
            $"--OmniIoT:Cluster:SiloPort={FreePort.Find()}",
            $"--OmniIoT:Cluster:Advertise={advertised}"
        );

        Assert.Equal(CannotStart, code);
        AssertOneLine("OmniIoT:Cluster:Advertise", output);
        Assert.DoesNotContain(
            (await cluster[0].Api.ReadAsync("cluster"))["processes"]!.AsArray(),
            process => ((string)process!["address"]!).StartsWith(advertised, StringComparison.Ordinal)
        );
        Assert.Equal(errors, cluster.Members.Sum(member => member.Host.Errors.Count));
    }

    [Fact]
    public async Task A_loopback_address_is_refused_while_a_process_is_on_another_machine()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        await Scalar(
            cluster,
            """
            INSERT INTO members (cluster_id, address, port, generation, status, silo_name, host_name, proxy_port,
                suspect_times, started_at, alive_at)
            SELECT 'elsewhere', '10.9.9.9', 11111, 1, 3, 'other', 'another-machine', 0, '', t, t
            FROM (SELECT (extract(epoch FROM now()) * 1000)::bigint t) now RETURNING host_name
            """
        );

        (int code, string output) = await StartToFailAsync(
            cluster,
            $"--OmniIoT:Cluster:Key={ClusterMember.Key}",
            "--OmniIoT:Cluster:Id=elsewhere"
        );

        Assert.Equal(CannotStart, code);
        AssertOneLine("OmniIoT:Cluster:Advertise", output);
        Assert.Contains("another-machine", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clocks_of_processes_and_database_are_compared()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();

        string metrics = await cluster[0].Api.GetStringAsync(new Uri("/metrics", UriKind.Relative));

        double ahead = double.Parse(
            metrics.Split('\n').Single(line => line.StartsWith("omniiot_clock_ahead_seconds ", StringComparison.Ordinal)).Split(' ')[1],
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.InRange(ahead, -1, 1);
    }

    /// <summary>What is secret in the shared database is sealed, so that who has a copy of it alone cannot sign in.</summary>
    [Fact]
    public async Task The_key_of_tokens_stands_sealed_in_the_database()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();

        JsonNode setting = JsonNode.Parse(
            await Scalar(cluster, "SELECT convert_from(json, 'UTF8') FROM documents WHERE kind = 'setting' AND id = 'signing-key'")
        )!;

        Assert.Equal(["Sealed"], setting.AsObject().Select(property => property.Key));
    }

    private static Task<(int ExitCode, string Output)> StartToFailAsync(ClusterOfHosts cluster, params string[] settings) =>
        HostProcess.StartToFailAsync(null, [$"--OmniIoT:Cluster:Postgres={cluster.Database}", "--OmniIoT:Cluster:SiloPort=0", .. settings]);

    private static void AssertOneLine(string setting, string output) =>
        Assert.StartsWith(
            setting + " is ",
            Assert.Single(output.TrimEnd().Split('\n'), line => !line.Contains(" info: ", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

    private static async Task<string> Scalar(ClusterOfHosts cluster, string sql)
    {
        await using NpgsqlConnection connection = new(cluster.Database + ";Pooling=false");
        await connection.OpenAsync();
        await using NpgsqlCommand command = new(sql, connection);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
