using System.Text;
using Microsoft.AspNetCore.Http;
using OmniIoT.Channels.Inbound;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Channels.Tests.Adapters;

/// <summary>What every channel must do that is called by its provider.</summary>
public abstract class ChannelContract
{
    protected const string Address = "https://iot.example/api/v1/channels/help/inbound";

    public static TheoryData<string> Nonsense { get; } =
        new(
            "",
            "{",
            "[]",
            "null",
            "{}",
            "\"\"",
            "\uFFFD\u0000%%=&&&=%ZZ",
            "{\"entry\":[{\"changes\":[{\"value\":7}]}]}",
            "{\"message\":{\"chat\":[],\"text\":{}}}",
            string.Concat(Enumerable.Repeat("[", 100_000)),
            string.Concat(Enumerable.Repeat("a=b&", 10_000))
        );

    private protected abstract Channel Channel { get; }

    private protected abstract IWebhookReader Reader { get; }

    /// <summary>A message of <see cref="From"/>, in the provider's form.</summary>
    private protected abstract string Message(string id, string text);

    private protected abstract Identity From { get; }

    /// <summary>The call with the proof that the secret makes.</summary>
    private protected abstract WebhookCall Proven(string body, string secret);

    private protected abstract string Secret { get; }

    [Fact]
    public void What_a_person_writes_is_read_with_who_wrote_it()
    {
        InboundMessage message = Assert.Single(Taken(Message("m-1", "It leaks 💧"))).Message;

        Assert.Equal(("help", From, "It leaks 💧"), (message.Channel, message.From, message.Text));
    }

    [Fact]
    public void A_repetition_has_the_same_name_and_another_message_another()
    {
        string first = Assert.Single(Taken(Message("m-1", "one"))).Message.ExternalId;

        Assert.Equal(first, Assert.Single(Taken(Message("m-1", "one"))).Message.ExternalId);
        Assert.NotEqual(first, Assert.Single(Taken(Message("m-2", "two"))).Message.ExternalId);
    }

    [Fact]
    public void A_wrong_proof_is_refused() =>
        Assert.IsType<WebhookReading.Refused>(Reader.Read(Channel, Proven(Message("m-1", "one"), "another secret")));

    [Fact]
    public void No_proof_is_refused() => Assert.IsType<WebhookReading.Refused>(Reader.Read(Channel, Call(Message("m-1", "one"))));

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void Nonsense_with_the_right_proof_is_no_message(string body) =>
        Assert.False(Reader.Read(Channel, Proven(body, Secret)) is WebhookReading.Taken { Messages.Count: > 0 });

    [Fact]
    public void Half_a_character_is_a_mistake_or_taken_as_it_stands() =>
        Assert.True(Reader.Read(Channel, Proven(Message("m-1", "\\ud800"), Secret)) is WebhookReading.Malformed or WebhookReading.Taken);

    private protected IReadOnlyList<ReceivedMessage> Taken(string body) =>
        Assert.IsType<WebhookReading.Taken>(Reader.Read(Channel, Proven(body, Secret))).Messages;

    private protected static WebhookCall Call(string body, string part = WebhookCall.Inbound, params (string Name, string Value)[] headers)
    {
        HeaderDictionary said = [];
        foreach ((string name, string value) in headers)
            said[name] = value;
        return new WebhookCall("POST", part, Address, QueryCollection.Empty, said, Encoding.UTF8.GetBytes(body));
    }

    private protected static OutgoingMessage Outgoing(Identity to, string text = "We are on it.") =>
        new()
        {
            MessageId = "0199",
            ConversationId = "talk",
            CustomerId = "leyla",
            Channel = "help",
            To = to,
            Text = text,
            CreatedAt = new Instant(1_700_000_000_000),
        };
}
