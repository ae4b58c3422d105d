using OmniIoT.Api.Answers;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Answers;
using OmniIoT.Domain.Calls;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Customers;
using OmniIoT.Grains.Catalogs;
using OmniIoT.Grains.Coordination;
using OmniIoT.Ports.Customers;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Calls;

/// <summary>What a flow that is tried out sees of a caller and of the queues.</summary>
internal sealed class FlowOutlook(
    BotOutlook devices,
    Senders senders,
    ICustomerQueries customers,
    ICaseQueries cases,
    IWorkQueries work,
    CatalogKeeper catalog,
    TimeProvider time
)
{
    private const string UsualQueue = "support";

    /// <param name="number">The caller's; null: nobody that is known.</param>
    public async ValueTask<CallView> ViewAsync(Flow flow, string? number, string? locale, CancellationToken cancellationToken)
    {
        Customer? customer = number is null ? null : await FindAsync(number, cancellationToken);
        return new CallView
        {
            Locale = locale ?? Locales.Of(customer?.Locale) ?? Locales.English,
            Now = Instant.FromTime(time.GetUtcNow()),
            Customer = customer,
            Queue = QueueOf(flow),
            Desk = catalog.Current.Desk,
            Facts = new CallFacts
            {
                Devices = customer is null ? [] : await devices.DevicesOfAsync(customer.Id, cancellationToken),
                Case = customer is null ? null : await NewestCaseAsync(customer.Id, cancellationToken),
                Queues =
                [
                    .. (await work.BacklogsAsync(cancellationToken)).Select(static one => new QueueLoad(one.Queue, one.Waiting, one.Since)),
                ],
            },
        };
    }

    private string QueueOf(Flow flow) => catalog.Channels.Values.FirstOrDefault(channel => channel.Flow == flow.Id)?.Queue ?? UsualQueue;

    private async ValueTask<Customer?> FindAsync(string number, CancellationToken cancellationToken) =>
        IdentityForm.Phone(number) is { } phone && await senders.FindAsync("", new Identity("phone", phone), cancellationToken) is { } id
            ? await customers.FindAsync(id, cancellationToken)
            : null;

    private async ValueTask<CallCase?> NewestCaseAsync(string customerId, CancellationToken cancellationToken)
    {
        CaseFilter theirs = new() { CustomerId = customerId, Unresolved = true };
        Page<Case> found = await cases.ListAsync(theirs, new PageRequest(null), cancellationToken);
        return CallCase.NewestOf(found.Items);
    }
}
