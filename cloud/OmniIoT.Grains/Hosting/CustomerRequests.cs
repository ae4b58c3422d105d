using OmniIoT.Domain;
using OmniIoT.Domain.Campaigns;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Delivery;
using OmniIoT.Domain.Desk;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Hosting;

/// <summary>Hands requests to a customer's grain, with what it must know for them. Answers a reply of the request's type or a rejection.</summary>
internal static class CustomerRequests
{
    public static async ValueTask<object> AnswerAsync(CustomerActivation customer, IGrainRequest request, Turn turn, CancellationToken cancellationToken)
    {
        DecisionScope scope = turn.Scope;
        if (request is PutCustomerData put) return Put(customer, put, scope);
        if (customer.Grain is not { } grain) return Rejection.NotFound("Customer", customer.Id.Key);
        return request switch
        {
            RemoveCustomer => Remove(customer, scope),
            RotateAppToken => Rotate(customer.Id, scope),
            AddTimelineEntry entry => grain.Handle(scope, entry),
            RedeemOffer redeem => grain.Handle(scope, redeem),
            OpenOffer open => grain.Handle(scope, open),
            ReceiveMessage message => grain.Handle(scope, message),
            PostMessage message => grain.Handle(scope, message),
            ChangeConversation change => grain.Handle(scope, change),
            OpenCase open => grain.Handle(scope, open),
            MergeCustomer merge => await MergeAsync(grain, merge, turn, cancellationToken),
            UnmergeCustomer unmerge => await UnmergeAsync(grain, unmerge, turn, cancellationToken),
            TakeTagSighting sighting => await TakeAsync(grain, sighting.Sighted, turn, cancellationToken),
            ICaseRequest about => await HandleCaseAsync(about, turn, cancellationToken),
            _ => Unknown(request),
        };
    }

    private static Reply<CustomerStored> Put(CustomerActivation customer, PutCustomerData request, DecisionScope scope)
    {
        if (customer.Grain is { } known) return known.Replace(scope, request);
        if (request.ExpectedVersion is { } expected) return Rejection.Stale("Customer", expected, 0);
        customer.Grain = CustomerDecider.Create(scope, customer.Id.Key, request, new VisitTracker(scope.Settings.Visits));
        return new CustomerStored(customer.Grain.State.Facts.Customer, Created: true);
    }

    private static Reply<bool> Remove(CustomerActivation customer, DecisionScope scope)
    {
        scope.Emit(new EraseCustomer(customer.Id.Key));
        customer.Grain = null;
        return true;
    }

    private static Reply<string> Rotate(EntityId id, DecisionScope scope)
    {
        string token = AppToken.New(id.Key);
        scope.Emit(new PutCredential(id, SecretHasher.Hash(token)));
        return token;
    }

    /// <summary>Who was merged away already is who survived it. What happens meanwhile in another partition is a conflict of the commit.</summary>
    private static async ValueTask<object> MergeAsync(CustomerDecider grain, MergeCustomer request, Turn turn, CancellationToken cancellationToken)
    {
        string id = grain.State.Facts.Customer.Id;
        if (await turn.Readers.Customers.FindAsync(request.From, cancellationToken) is not { } other) return Rejection.NotFound("Customer", request.From);
        if (other.Id == id) return Rejection.Conflict("AlreadyMerged", $"'{request.From}' and '{id}' are one already.");
        return await turn.Readers.Customers.FindMergeAsync(id, cancellationToken) is { } away
            ? Rejection.Conflict("MergedAway", $"'{id}' was merged into '{away.Into}'.")
            : grain.Handle(turn.Scope, request, other);
    }

    private static async ValueTask<object> UnmergeAsync(CustomerDecider grain, UnmergeCustomer request, Turn turn, CancellationToken cancellationToken)
    {
        if (await turn.Readers.Customers.FindAsync(request.From, cancellationToken) is null) return Rejection.NotFound("Customer", request.From);
        Merge? merge = await turn.Readers.Customers.FindMergeAsync(request.From, cancellationToken);
        string id = grain.State.Facts.Customer.Id;
        return merge?.Into == id
            ? grain.Handle(turn.Scope, request, merge)
            : Rejection.Conflict("NotMerged", merge is null ? $"'{request.From}' is merged into nobody." : $"'{request.From}' was merged into '{merge.Into}', not into '{id}'.");
    }

    private static async ValueTask<object> TakeAsync(CustomerDecider grain, TagSighted sighted, Turn turn, CancellationToken cancellationToken)
    {
        grain.Handle(turn.Scope, sighted);
        await OfferDecisions.DecideAsync(grain, turn, cancellationToken);
        return (Reply<bool>)true;
    }

    private static async ValueTask<object> HandleCaseAsync(ICaseRequest request, Turn turn, CancellationToken cancellationToken) =>
        await turn.Readers.Cases.FindAsync(request.CaseId, cancellationToken) is { } stored
            ? CustomerDecider.HandleCase(turn.Scope, request, stored) ?? Unknown((IGrainRequest)request)
            : Rejection.NotFound("Case", request.CaseId);

    private static object Unknown(IGrainRequest request) =>
        throw new InvalidOperationException($"A customer is not asked for {request.GetType().Name}.");
}
