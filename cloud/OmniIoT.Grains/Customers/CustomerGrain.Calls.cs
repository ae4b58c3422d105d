using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Grains.Turns;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Grains.Customers;

// Calls of the customer, with what a flow may ask for.
internal sealed partial class CustomerGrain
{
    /// <summary>Who stands further behind is told this place.</summary>
    private const int MostCounted = 1_000;

    private DeskReaders Desk => Runtime.Outlook.Readers.Desk;

    public Task<Reply<CallAnswer>> TakeCallAsync(TakeCall request) =>
        AskKnownAsync<CallAnswer>(
            async (customer, decision) => customer.Handle(decision, request with { Facts = await FactsOfAsync(customer, request) })
        );

    public Task<Reply<bool>> TellCallAsync(CallNews news) =>
        AskKnownAsync<bool>(
            async (customer, decision) =>
                news.Transcription is not null && await IsTranscribedAsync(news) ? false : customer.Handle(decision, news)
        );

    public Task<Reply<bool>> ContinueInChatAsync() => AskKnownAsync<bool>((customer, decision) => customer.ContinueInChat(decision));

    public Task<Reply<CallBack>> CompleteCallBackAsync(CompleteCallBack request) =>
        AskKnownAsync<CallBack>(
            async (customer, decision) =>
                await Desk.CallBacks.FindAsync(request.CallBackId, CancellationToken.None) is { } stored
                    ? customer.Handle(decision, request, stored)
                    : Rejection.NotFound("Callback", request.CallBackId)
        );

    public Task<Reply<bool>> TakeCallBackAsync(CallBackHandedOn handed) =>
        AskKnownAsync<bool>(
            async (customer, decision) =>
            {
                customer.Handle(decision, handed, await Desk.CallBacks.FindAsync(handed.CallBack.Id, CancellationToken.None));
                return true;
            }
        );

    private async ValueTask<bool> IsTranscribedAsync(CallNews news) =>
        await Talks.FindMessageAsync(news.Channel, news.TranscriptionId, CancellationToken.None) is not null;

    private async ValueTask<CallFacts> FactsOfAsync(CustomerDecider customer, TakeCall request)
    {
        EntityReaders readers = Runtime.Outlook.Readers;
        if (request.IsWaiting)
            return new CallFacts { Place = await PlaceOfAsync(customer, request) };
        return new CallFacts
        {
            Devices = await DeviceReports.OfAsync(Key, readers.Devices, readers.Alarms, CancellationToken.None),
            Case = await NewestCaseAsync(),
            Queues =
            [
                .. (await Desk.Work.BacklogsAsync(CancellationToken.None)).Select(static one => new QueueLoad(
                    one.Queue,
                    one.Waiting,
                    one.Since
                )),
            ],
        };
    }

    private async ValueTask<CallCase?> NewestCaseAsync()
    {
        CaseFilter theirs = new() { CustomerId = Key, Unresolved = true };
        Page<Case> cases = await Desk.Cases.ListAsync(theirs, new PageRequest(null), CancellationToken.None);
        return CallCase.NewestOf(cases.Items);
    }

    /// <summary>How many have waited as long or longer, the caller among them.</summary>
    private async ValueTask<int> PlaceOfAsync(CustomerDecider customer, TakeCall request)
    {
        CallState? call = customer.State.Facts.Calls.FirstOrDefault(one => one.Is(request.Channel, request.Sid));
        if (call is not { QueuedAt: { } since, Waiting.Queue: { } queue })
            return 0;
        WaitingFilter before = new(queue) { Since = since };
        return (await Desk.Work.WaitingAsync(before, MostCounted, CancellationToken.None)).Count;
    }
}
