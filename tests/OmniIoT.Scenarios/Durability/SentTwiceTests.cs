using System.Text.Json.Nodes;
using MimeKit;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.Durability;

/// <summary>SIGKILL between what a provider took and the record of it.</summary>
public sealed class SentTwiceTests
{
    [Fact]
    public async Task A_text_message_that_may_have_gone_twice_says_so()
    {
        await using TwilioServer provider = new("AC1", "secret");
        using TemporaryDirectory directory = new();
        string settings = $$"""{"accountSid":"AC1","authToken":"secret","from":"+994125550000","endpoint":"{{provider.Endpoint}}"}""";

        JsonNode message = await SendAcrossKillAsync(directory, "sms", settings, provider.HoldNext());

        Assert.Equal("maybeSentTwice", (string?)message["error"]);
        Assert.Equal(2, provider.Taken.Count);
    }

    [Fact]
    public async Task A_call_to_another_system_bears_the_same_id_again_and_nothing_is_in_doubt()
    {
        await using ForeignSystem system = new();
        using TemporaryDirectory directory = new();
        string settings = $$"""{"url":"{{system.Endpoint}}/words","secret":"secret-of-the-house"}""";

        JsonNode message = await SendAcrossKillAsync(directory, "webhook", settings, system.HoldNext());

        Assert.Null((string?)message["error"]);
        Assert.Equal([(string?)message["id"], (string?)message["id"]], system.Taken.Select(call => (string?)call.Json["externalId"]));
    }

    [Fact]
    public async Task A_mail_bears_the_same_Message_ID_again_and_nothing_is_in_doubt()
    {
        await using MailboxServer server = new();
        using TemporaryDirectory directory = new();
        string settings = $$$"""
            {"address":"help@example.org","token":"token-of-the-house",
            "smtp":{"host":"127.0.0.1","port":{{{server.Port}}},"security":"none"}}
            """;

        JsonNode message = await SendAcrossKillAsync(directory, "email", settings, server.HoldNext());

        Assert.Null((string?)message["error"]);
        string[] ids = [.. server.Taken.Select(IdOf)];
        Assert.Equal(2, ids.Length);
        Assert.Equal(ids[0], ids[1]);
    }

    /// <summary>
    /// Kills the host once the provider has the message and before it says so; answers with the message as it is in the end.
    /// </summary>
    private static async Task<JsonNode> SendAcrossKillAsync(TemporaryDirectory directory, string type, string settings, Task held)
    {
        string talk;
        await using (HostProcess before = await HostProcess.StartAsync(directory.Path))
        {
            await before.Api.PutAsync(
                "customers/ann",
                """
                {"name":"Ann","consent":{"sms":true,"email":true},
                "identities":[{"type":"phone","value":"+994501234567"},{"type":"email","value":"ann@example.org"}]}
                """
            );
            await before.Api.PutAsync("channels/way", $$"""{"type":"{{type}}","name":"Way","settings":{{settings}}}""");
            talk = (string)
                (await before.Api.PostAsync("conversations", """{"customerId":"ann","channel":"way","text":"We come"}"""))["id"]!;
            await Awaited.Within(held, "message at its provider");
            Assert.Empty(before.Errors);
            await before.KillAsync();
        }

        await using HostProcess after = await HostProcess.StartAsync(directory.Path);
        JsonNode seen = await after.Api.SeenAsync(
            $"conversations/{talk}",
            json => (string?)json["messages"]![0]!["state"] == "sent",
            "message that was sent"
        );
        Assert.Empty(after.Errors);
        return seen["messages"]![0]!;
    }

    private static string IdOf(byte[] mail)
    {
        using MemoryStream stream = new(mail);
        return MimeMessage.Load(stream).MessageId!;
    }
}
