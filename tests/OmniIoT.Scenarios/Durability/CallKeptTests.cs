using System.Text.Json.Nodes;
using System.Xml.Linq;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.Durability;

/// <summary>SIGKILL in the middle of a call, and while somebody waits to be called back.</summary>
public sealed class CallKeptTests
{
    private const string Token = "token-of-the-house";

    private const string Menu = """
        {"start":"ask","nodes":{"ask":{"gather":{"choices":{"1":{"next":"more"}},"exhausted":"back"}},
        "more":{"gather":{"choices":{"1":{"next":"back"}},"exhausted":"back"}},"back":{"callback":{"queue":"washers"}}}}
        """;

    [Fact]
    public async Task A_call_goes_on_where_it_was_and_its_call_back_is_made_after_another_crash()
    {
        await using TwilioServer provider = new("AC1", Token);
        using TemporaryDirectory directory = new();
        XElement before = await RunAsync(
            directory,
            async host =>
            {
                await host.Api.PutAsync("flows/main", Menu);
                await host.Api.PutAsync(
                    "channels/phone",
                    $$"""
                    {"type":"voice","name":"Phone","flow":"main",
                    "settings":{"accountSid":"AC1","authToken":"{{Token}}","from":"+994125550000","endpoint":"{{provider.Endpoint}}"} }
                    """
                );
                await TurnAsync(host, "voice");
                return await TurnAsync(host, "voice?turn=1", ("Digits", "1"));
            }
        );

        (XElement repeated, XElement promised) = await RunAsync(
            directory,
            async host => (await TurnAsync(host, "voice?turn=1", ("Digits", "1")), await TurnAsync(host, "voice?turn=2", ("Digits", "1")))
        );
        Assert.Equal(before.ToString(), repeated.ToString());
        Assert.NotNull(promised.Element("Hangup"));

        await using HostProcess after = await HostProcess.StartAsync(directory.Path);
        JsonNode waiting = Assert.Single((await after.Api.ReadAsync("callbacks?status=waiting"))["items"]!.AsArray())!;
        await after.Api.PatchAsync($"conversations/{waiting["conversationId"]}", """{"assignee":"aysel"}""");
        await after.Api.SeenAsync(
            $"conversations/{waiting["conversationId"]}",
            json => json["messages"]!.AsArray().Any(one => (string?)one!["direction"] == "out" && (string?)one["state"] == "sent"),
            "call that was made"
        );
        Assert.EndsWith("/Calls.json", Assert.Single(provider.Taken).Path, StringComparison.Ordinal);
        after.HasNoErrors();
    }

    private static async Task<T> RunAsync<T>(TemporaryDirectory directory, Func<HostProcess, Task<T>> doAsync)
    {
        await using HostProcess host = await HostProcess.StartAsync(directory.Path);
        T done = await doAsync(host);
        host.HasNoErrors();
        await host.KillAsync();
        return done;
    }

    private static async Task<XElement> TurnAsync(HostProcess host, string part, params (string Name, string Value)[] fields)
    {
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{host.HttpPort}") };
        using HttpResponseMessage answer = await new TwilioCaller(http, Token).CallAsync(
            "phone",
            part,
            [("CallSid", "CA1"), ("From", "+994501234567"), .. fields],
            TestContext.Current.CancellationToken
        );
        return XElement.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
