using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Process;

/// <summary>What cannot work does not start, and says why in one line.</summary>
public sealed class StartTests
{
    [Fact]
    public async Task A_second_host_on_the_same_data_directory_refuses_and_leaves_the_first_alone()
    {
        await using HostProcess first = await HostProcess.StartAsync();

        string line = await RefusalAsync(first.DataDirectory);

        Assert.Contains(first.DataDirectory, line, StringComparison.Ordinal);
        Assert.Contains($"process {first.ProcessId}", line, StringComparison.Ordinal);
        await first.Api.PutAsync("sites/s1", """{ "name": "Still writing" }""");
        Assert.Empty(first.Errors);
    }

    [Theory]
    [InlineData("OmniIoT:Mqtt:Port", "seventy", "0 to 65535")]
    [InlineData("OmniIoT:Http:Port", "70000", "0 to 65535")]
    [InlineData("OmniIoT:Bind", "everywhere", "IP address")]
    [InlineData("OmniIoT:Mqtt:AllowAnonymous", "perhaps", "true or false")]
    [InlineData("OmniIoT:Offers:QuietHours", "late", "21:00-09:00")]
    [InlineData("OmniIoT:Mqtt:Certificate", "/nowhere/server.pem", "PEM")]
    [InlineData("OmniIoT:Mqtt:Prot", "1883", "OmniIoT:Mqtt:Port")]
    [InlineData("OmniIoT:Data:Directory", "/proc/nowhere", "a directory that this process can create or write to")]
    public async Task A_wrong_setting_is_named_with_its_value_and_what_is_allowed(string key, string value, string allowed)
    {
        string line = await RefusalAsync(null, $"--{key}={value}");

        Assert.Contains(key, line, StringComparison.Ordinal);
        Assert.Contains(value, line, StringComparison.Ordinal);
        Assert.Contains(allowed, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OmniIoT:Http:Port")]
    [InlineData("OmniIoT:Mqtt:Port")]
    public async Task A_port_that_somebody_has_is_named(string key)
    {
        using TcpListener other = new(IPAddress.Loopback, 0);
        other.Start();
        string port = ((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);

        string line = await RefusalAsync(null, $"--{key}={port}");

        Assert.Contains($"{key} is '{port}'; allowed is a port that nobody listens on yet", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_to_be_reached_by_that_is_all_addresses_is_named()
    {
        string key = Convert.ToBase64String(new byte[32]);

        string line = await RefusalAsync(
            null,
            "--OmniIoT:Cluster:Postgres=Host=127.0.0.1",
            $"--OmniIoT:Cluster:Key={key}",
            "--OmniIoT:Cluster:Advertise=0.0.0.0"
        );

        Assert.Contains("OmniIoT:Cluster:Advertise is '0.0.0.0'; allowed is one address", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_settings_with_one_port_are_named()
    {
        string line = await RefusalAsync(null, "--OmniIoT:Http:Port=47999", "--OmniIoT:Mqtt:Port=47999");

        Assert.Contains("OmniIoT:Mqtt:Port is '47999'; allowed is a port of its own", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Default_credentials_are_not_offered_to_the_network()
    {
        string line = await RefusalAsync(null, "--OmniIoT:Bind=0.0.0.0", "--OmniIoT:Api:Key=");

        Assert.Contains("OmniIoT:Bind", line, StringComparison.Ordinal);
        Assert.Contains("OmniIoT:Api:Key", line, StringComparison.Ordinal);
    }

    /// <summary>The one line that a host says that must not start.</summary>
    private static async Task<string> RefusalAsync(string? dataDirectory, params string[] arguments)
    {
        (int exitCode, string output) = await HostProcess.StartToFailAsync(dataDirectory, arguments);
        Assert.NotEqual(0, exitCode);
        return Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
