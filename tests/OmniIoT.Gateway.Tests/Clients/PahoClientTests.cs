namespace OmniIoT.Gateway.Tests.Clients;

/// <summary>Drives Paho's Python client through scripts beside this file.</summary>
public sealed class PahoClientTests
{
    private const string Python = "/usr/bin/python3";
    private const string Library = "/usr/lib/python3/dist-packages/paho/mqtt/client.py";

    [Theory]
    [InlineData(4, 0), InlineData(4, 1), InlineData(4, 2)]
    [InlineData(5, 0), InlineData(5, 1), InlineData(5, 2)]
    public async Task A_round_trip_of_many_messages(int version, int qos)
    {
        ExternalProgram.Require(Library, "python3-paho-mqtt");
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        string output = await ExternalProgram.RunAsync(Python, Script("round_trip.py"), $"{host.Port}", $"{version}", $"{qos}", "200");
        Assert.Equal("received 200 in order", output.Trim());
    }

    [Theory, InlineData(4), InlineData(5)]
    public async Task A_kept_session_over_a_restart_of_the_gateway(int version)
    {
        ExternalProgram.Require(Library, "python3-paho-mqtt");
        MemoryStore store = new();
        await using (GatewayHost host = await GatewayHost.LaboratoryAsync(store: store))
        {
            Assert.Equal(
                "subscribed",
                (await ExternalProgram.RunAsync(Python, Script("kept_session.py"), $"{host.Port}", $"{version}", "leave")).Trim()
            );
            Assert.Equal(
                "published",
                (await ExternalProgram.RunAsync(Python, Script("kept_session.py"), $"{host.Port}", $"{version}", "publish")).Trim()
            );
        }
        await using GatewayHost restarted = await GatewayHost.LaboratoryAsync(store: store);

        string output = await ExternalProgram.RunAsync(Python, Script("kept_session.py"), $"{restarted.Port}", $"{version}", "return");

        Assert.Equal("present 1 received one:1 two:2", output.Trim());
    }

    [Theory, InlineData(4), InlineData(5)]
    public async Task A_will_of_a_broken_connection(int version)
    {
        ExternalProgram.Require(Library, "python3-paho-mqtt");
        await using GatewayHost host = await GatewayHost.LaboratoryAsync();
        Assert.Equal("will gone", (await ExternalProgram.RunAsync(Python, Script("will.py"), $"{host.Port}", $"{version}")).Trim());
    }

    private static string Script(string name) => Path.Combine(AppContext.BaseDirectory, "Clients", name);
}
