using System.Globalization;
using System.Text.Json.Nodes;

namespace OmniIoT.Simulators.Channels;

/// <summary>
/// One person who writes a mail, goes on by WhatsApp and SMS, and calls: one conversation. Each has the same id at every start, so that the
/// story is told once.
/// </summary>
/// <param name="pause">Between one and the next.</param>
internal sealed class ChannelStory(ProviderCaller caller, TimeSpan pause, TimeProvider time)
{
    private const string Call = "CAdemo0001";

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (Func<CancellationToken, Task> step in Steps)
        {
            await Task.Delay(pause, time, cancellationToken);
            await step(cancellationToken);
        }
    }

    private IEnumerable<Func<CancellationToken, Task>> Steps => [MailAsync, WhatsAppAsync, TextAsync, CallAsync];

    private Task MailAsync(CancellationToken cancellationToken) =>
        caller.MailAsync(
            $"""
            From: {ChannelSeed.WriterName} <{ChannelSeed.WriterAddress}>
            To: help@laundry.example
            Subject: Water under the washer
            Message-ID: <demo-1@example.com>
            Content-Type: text/plain; charset=utf-8

            Hello, there is water under my washer since this morning. What can I do?
            """.ReplaceLineEndings("\r\n"),
            cancellationToken
        );

    private Task WhatsAppAsync(CancellationToken cancellationToken)
    {
        string number = ChannelSeed.WriterNumber.TrimStart('+');
        JsonObject message = new()
        {
            ["from"] = number,
            ["id"] = "wamid.demo1",
            ["timestamp"] = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["type"] = "text",
            ["text"] = new JsonObject { ["body"] = "It is me again 💧 the water comes from the door." },
        };
        JsonObject value = new()
        {
            ["contacts"] = new JsonArray(
                new JsonObject
                {
                    ["wa_id"] = number,
                    ["profile"] = new JsonObject { ["name"] = ChannelSeed.WriterName },
                }
            ),
            ["messages"] = new JsonArray(message),
        };
        JsonObject told = new()
        {
            ["entry"] = new JsonArray(
                new JsonObject { ["changes"] = new JsonArray(new JsonObject { ["field"] = "messages", ["value"] = value }) }
            ),
        };
        return caller.WhatsAppAsync(told.ToJsonString(), cancellationToken);
    }

    private Task TextAsync(CancellationToken cancellationToken) =>
        caller.TwilioAsync(
            ChannelSeed.Sms,
            "inbound",
            [("MessageSid", "SMdemo0001"), ("From", ChannelSeed.WriterNumber), ("Body", "Please call me, I have no internet now.")],
            cancellationToken
        );

    private async Task CallAsync(CancellationToken cancellationToken)
    {
        (string Name, string Value)[] whose = [("CallSid", Call), ("From", ChannelSeed.WriterNumber)];
        await caller.TwilioAsync(ChannelSeed.Phone, "voice", whose, cancellationToken);
        await caller.TwilioAsync(ChannelSeed.Phone, "voice?turn=1", [.. whose, ("Digits", "1")], cancellationToken);
        await Task.Delay(pause, time, cancellationToken);
        (string Name, string Value)[] end = [.. whose, ("CallStatus", "completed"), ("CallDuration", "20")];
        await caller.TwilioAsync(ChannelSeed.Phone, "voice/status", end, cancellationToken);
    }
}
