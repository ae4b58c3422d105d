using OmniIoT.Domain.Answers.Models;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk.Automation;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Domain.Timeline;
using OmniIoT.Domain.Voice;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Customers;

// What people and other systems ask of a customer. Each hands the decider what it must know of others, as stored.
internal sealed partial class CustomerGrain
{
    public Task<Reply<CustomerStored>> PutAsync(PutCustomerData request) =>
        AskAsync<CustomerStored>(scope =>
        {
            Decision decision = scope.Decision;
            if (_decider is { } known)
                return new(known.Replace(decision, request));
            // 0 is for who only wants to create.
            if (request.ExpectedVersion is { } expected and not 0)
                return new(Rejection.Stale("Customer", expected, 0));
            _decider = CustomerDecider.Create(decision, Key, request, new VisitTracker(decision.Moment.Settings.Visits));
            return new(new CustomerStored(_decider.State.Facts.Customer, Created: true));
        });

    public Task<Reply<bool>> RemoveAsync() =>
        AskKnownAsync<bool>(
            (_, decision) =>
            {
                decision.Emit(new EraseCustomer(Key));
                _decider = null;
                return true;
            }
        );

    public Task<Reply<string>> RotateTokenAsync() =>
        AskKnownAsync<string>(
            (_, decision) =>
            {
                string token = AppToken.New(Key);
                decision.Emit(new PutCredential(Id, SecretHasher.Hash(token)));
                return token;
            }
        );

    public Task<Reply<TimelineEntry>> AddTimelineEntryAsync(AddTimelineEntry request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<TimelineEntry>> AddPurchaseAsync(AddPurchase request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<Offer>> RedeemOfferAsync(RedeemOffer request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<Offer>> OpenOfferAsync(OpenOffer request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    public Task<Reply<Case>> OpenCaseAsync(OpenCase request) =>
        AskKnownAsync<Case>(
            async (customer, decision) =>
                request.Id is { } id && await Runtime.Outlook.Readers.Desk.Cases.FindAsync(id, CancellationToken.None) is { } standing
                    ? standing
                    : customer.Handle(decision, request)
        );

    public Task<Reply<Case>> ChangeCaseAsync(ChangeCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<Case>> ResolveCaseAsync(ResolveCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<Case>> AnswerCaseAsync(AnswerCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<Case>> AskOfCaseAsync(AskOfCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<Case>> CheckCaseAsync(CheckCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<Case>> RouteCaseAsync(RouteCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<Case>> ActOnCaseAsync(ActOnCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    public Task<Reply<TimelineEntry>> NoteCaseAsync(NoteCase request) =>
        ForCaseAsync(request.CaseId, (decision, stored) => UnattendedCases.Handle(decision, request, stored));

    /// <summary>Who was merged away already is who survived it. What happens meanwhile elsewhere is a conflict of the commit.</summary>
    public Task<Reply<Customer>> MergeAsync(MergeCustomer request) =>
        AskKnownAsync<Customer>(
            async (customer, decision) =>
            {
                if (await Runtime.Outlook.Readers.Customers.FindAsync(request.From, CancellationToken.None) is not { } other)
                    return Rejection.NotFound("Customer", request.From);
                if (other.Id == Key)
                    return Rejection.Conflict("AlreadyMerged", $"'{request.From}' and '{Key}' are one already.");
                return await Runtime.Outlook.Readers.Customers.FindMergeAsync(Key, CancellationToken.None) is { } away
                    ? Rejection.Conflict("MergedAway", $"'{Key}' was merged into '{away.Into}'.")
                    : customer.Handle(decision, request, other, await MergesIntoOwnAsync());
            }
        );

    public Task<Reply<Customer>> UnmergeAsync(UnmergeCustomer request) =>
        AskKnownAsync<Customer>(
            async (customer, decision) =>
            {
                if (await Runtime.Outlook.Readers.Customers.FindAsync(request.From, CancellationToken.None) is null)
                    return Rejection.NotFound("Customer", request.From);
                Merge? merge = await Runtime.Outlook.Readers.Customers.FindMergeAsync(request.From, CancellationToken.None);
                return merge?.Into == Key
                    ? customer.Handle(decision, request, merge, [.. (await MergesIntoOwnAsync()).Where(other => other.Id != merge.Id)])
                    : Rejection.Conflict(
                        "NotMerged",
                        merge is null
                            ? $"'{request.From}' is merged into nobody."
                            : $"'{request.From}' was merged into '{merge.Into}', not into '{Key}'."
                    );
            }
        );

    public Task<Reply<bool>> TakeSightingAsync(TagSighted sighted) =>
        AskKnownAsync<bool>(
            async (customer, decision) =>
            {
                customer.Handle(decision, sighted);
                await OfferDecisions.DecideAsync(customer, decision, Runtime.Outlook.Readers);
                return true;
            }
        );

    public Task<Reply<bool>> TakeNoticeAsync(NoticeDue notice) =>
        AskKnownAsync<bool>(
            (customer, decision) =>
            {
                customer.Handle(decision, notice);
                return true;
            }
        );

    public Task<Reply<bool>> TakeWithdrawalAsync(ConsentWithdrawn withdrawn) =>
        AskKnownAsync<bool>(
            (customer, decision) =>
            {
                customer.Handle(decision, withdrawn);
                return true;
            }
        );

    public Task<Reply<bool>> TakeReceiptAsync(OfferReceived received) =>
        AskKnownAsync<bool>(
            (customer, decision) =>
            {
                customer.Handle(decision, received);
                return true;
            }
        );

    public Task<Reply<bool>> TakeCaseEndAsync(CaseEnded ended) =>
        AskKnownAsync<bool>(
            (customer, decision) =>
            {
                customer.Handle(decision, ended);
                return true;
            }
        );

    public Task<Reply<bool>> TakeModelAnswerAsync(ModelAnswered answered) =>
        AskKnownAsync<bool>(
            (customer, decision) =>
            {
                customer.Handle(decision, answered);
                return true;
            }
        );

    public Task<Reply<SurveyRequest>> AnswerSurveyAsync(AnswerSurvey request) =>
        AskKnownAsync((customer, decision) => customer.Handle(decision, request));

    private Task<Reply<T>> AskKnownAsync<T>(Func<CustomerDecider, Decision, Reply<T>> decide) =>
        AskAsync(scope => ValueTask.FromResult(_decider is { } customer ? decide(customer, scope.Decision) : Unknown<T>()));

    private Task<Reply<T>> AskKnownAsync<T>(Func<CustomerDecider, Decision, ValueTask<Reply<T>>> decide) =>
        AskAsync(scope => _decider is { } customer ? decide(customer, scope.Decision) : ValueTask.FromResult(Unknown<T>()));

    /// <summary>Also when the customer is not known any more: who else would decide?</summary>
    private Task<Reply<T>> ForCaseAsync<T>(string caseId, Func<Decision, Case, Reply<T>> decide) =>
        AskAsync<T>(async scope =>
            await Runtime.Outlook.Readers.Desk.Cases.FindAsync(caseId, CancellationToken.None) is { } stored
                ? decide(scope.Decision, stored)
                : Rejection.NotFound("Case", caseId)
        );

    private ValueTask<IReadOnlyList<Merge>> MergesIntoOwnAsync() =>
        Runtime.Outlook.Readers.Customers.MergesIntoAsync(Key, CancellationToken.None);

    private Reply<T> Unknown<T>() => Rejection.NotFound("Customer", Key);
}
