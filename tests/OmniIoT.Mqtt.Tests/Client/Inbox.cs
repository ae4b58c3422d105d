using System.Text;
using System.Threading.Channels;
using OmniIoT.Mqtt.Client;

namespace OmniIoT.Mqtt.Tests.Client;

/// <summary>Gathers what a client receives, and waits for it with a time-out that says what was awaited.</summary>
internal sealed class Inbox
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Channel<ReceivedMessage> _messages = Channel.CreateUnbounded<ReceivedMessage>();

    public Inbox(MqttClient client) =>
        client.MessageHandler = (message, _) =>
        {
            _messages.Writer.TryWrite(message);
            return ValueTask.CompletedTask;
        };

    public async Task<ReceivedMessage> NextAsync(string what)
    {
        using CancellationTokenSource patience = new(Patience);
        try
        {
            return await _messages.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"Awaited {what} for {Patience}; nothing came.");
        }
    }

    public async Task<string> NextTextAsync(string what) => Encoding.UTF8.GetString((await NextAsync(what)).Payload.Span);

    public bool IsEmpty => _messages.Reader.Count == 0;
}
