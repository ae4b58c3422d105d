using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Simulated;

/// <summary>E-mail, WhatsApp, SMS and a call with stand-ins of their providers: <c>simulators channels</c>.</summary>
public sealed class ChannelsSimulationTests
{
    [Fact]
    public async Task One_conversation_goes_over_all_channels_and_answers_reach_their_providers()
    {
        await using HostProcess host = await HostProcess.StartAsync();
        await using LineProcess simulator = LineProcess.Start(
            "dotnet",
            Repository.Program("simulators", "OmniIoT.Simulators"),
            "channels",
            "--pause",
            "0",
            "--http",
            $"http://127.0.0.1:{host.HttpPort}",
            "--api-key",
            HostProcess.ApiKey
        );

        JsonNode page = await host.Api.SeenAsync("conversations", HasAllChannels, "conversation over four channels");
        string talk = (string)Assert.Single(page["items"]!.AsArray())!["id"]!;
        foreach (string channel in new[] { "demo-mail", "demo-whatsapp", "demo-sms" })
            await host.Api.PostAsync($"conversations/{talk}/messages", $$"""{"text":"We come at once","channel":"{{channel}}"}""");

        await host.Api.SeenAsync($"conversations/{talk}", HasThreeSent, "three answers that were sent");
        await simulator.SeenAsync(static line => line.StartsWith("Messages.json:", StringComparison.Ordinal), "text message");
        await simulator.SeenAsync(static line => line.StartsWith("messages:", StringComparison.Ordinal), "WhatsApp message");
        await simulator.SeenAsync(static line => line.StartsWith("mail: <sevda", StringComparison.Ordinal), "mail");
        Assert.Equal(0, await simulator.StopAsync("the simulators"));
        host.HasNoErrors();
    }

    private static bool HasAllChannels(JsonNode page) =>
        page["items"]!.AsArray() is [{ } only]
        && only["channels"]!
            .AsArray()
            .Select(static one => (string)one!)
            .Intersect(["demo-mail", "demo-whatsapp", "demo-sms", "demo-phone"])
            .Count() == 4;

    private static bool HasThreeSent(JsonNode talk) =>
        talk["messages"]!.AsArray().Count(static one => (string?)one!["direction"] == "out" && (string?)one["state"] == "sent") >= 3;
}
