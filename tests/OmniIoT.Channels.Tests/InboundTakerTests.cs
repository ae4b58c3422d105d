using Microsoft.Extensions.Time.Testing;
using OmniIoT.Channels.Inbound;
using OmniIoT.Channels.Tests.Adapters;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Desk.Channels;
using OmniIoT.Ports.Channels;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Time;

namespace OmniIoT.Channels.Tests;

public sealed class InboundTakerTests
{
    private static readonly Channel Sms = Sample.Channel("sms", "{}");
    private static readonly WebhookReading.Taken Delivered = new() { Reports = [new DeliveryReport("SM1", MessageState.Delivered)] };

    private readonly FakeTimeProvider _time = FakeTime.AtNoon();
    private readonly LateInbox _inbox = new();
    private readonly LateCalls _calls = new();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_report_that_overtakes_the_record_of_its_message_is_told_again(int unknownTimes)
    {
        _inbox.UnknownTimes = unknownTimes;

        await TakeAsync();

        Assert.Equal(unknownTimes + 1, _inbox.Told);
    }

    [Fact]
    public async Task A_report_of_what_somebody_else_sent_is_let_go()
    {
        _inbox.UnknownTimes = int.MaxValue;

        await TakeAsync();

        Assert.Equal(3, _inbox.Told);
    }

    [Fact]
    public async Task A_report_in_a_mailbox_is_waited_for_by_nobody()
    {
        _inbox.UnknownTimes = int.MaxValue;

        IReadOnlyList<DeliveryReport> unknown = await Taker().TakeOnceAsync(Sms, Delivered, TestContext.Current.CancellationToken);

        Assert.Equal(Delivered.Reports, unknown);
        Assert.Equal(1, _inbox.Told);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(2, 3)]
    [InlineData(int.MaxValue, 3)]
    public async Task The_end_of_a_call_that_overtakes_its_record_is_told_again(int unknownTimes, int told)
    {
        _calls.UnknownTimes = unknownTimes;

        await TakeAsync(new WebhookReading.Taken { News = new CallNews("sms", "CA1") { EndedAs = "completed" } });

        Assert.Equal(told, _calls.Told);
    }

    private Task TakeAsync(WebhookReading.Taken? taken = null)
    {
        Task taking = Taker().TakeAsync(Sms, taken ?? Delivered, TestContext.Current.CancellationToken).AsTask();
        return Awaited.Within(PassAsync(taking), "the report to be taken");
    }

    private InboundTaker Taker() => new(_inbox, _calls, new NoPurchases(), new KeptFiles(), new MediaFetcher([], _time), _time);

    private async Task PassAsync(Task taken)
    {
        while (!taken.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
        await taken;
    }

    /// <summary>Knows a call only when it was told of it often enough.</summary>
    private sealed class LateCalls : ICalls
    {
        public int UnknownTimes { get; set; }

        public int Told { get; private set; }

        public ValueTask<bool> TellAsync(CallNews news, CancellationToken cancellationToken) => new(++Told > UnknownTimes);

        public ValueTask ContinueInChatAsync(string customerId, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<CallAnswer> AnswerAsync(TakeCall call, string address, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }

    /// <summary>Knows a message only when it was asked for it often enough.</summary>
    private sealed class LateInbox : IInbox
    {
        public int UnknownTimes { get; set; }

        public int Told { get; private set; }

        public ValueTask<bool> ReportAsync(
            string channel,
            string externalId,
            MessageState state,
            string? error,
            CancellationToken cancellationToken
        ) => new(++Told > UnknownTimes);

        public ValueTask<bool> IsKnownAsync(string channel, string externalId, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<InboundReceipt> ReceiveAsync(InboundMessage message, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<Reply<MessageStored>> ReceiveAsync(string customerId, ReceiveMessage words, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask ReportAsync(string customerId, MessageReport report, CancellationToken cancellationToken) =>
            throw new NotSupportedException();
    }
}
