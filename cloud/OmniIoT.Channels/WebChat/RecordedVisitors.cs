using Microsoft.AspNetCore.Http;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;
using OmniIoT.Web;

namespace OmniIoT.Channels.WebChat;

/// <summary>
/// Puts on record who comes into the chat as a customer, and who was not let in. Visitors who say a name alone are nobody that is known.
/// </summary>
internal sealed class RecordedVisitors(Records records, RecordedRefusals refusals, ICustomerQueries customers)
{
    public Task BegunAsync(HttpContext context, string customerId)
    {
        string customer = EntityId.Customer(customerId).ToString();
        return records.TryWriteAsync(new Origin(customer, ClientAddress.Of(context)), AuditActions.SessionCreated, customer);
    }

    public async Task RefusedAsync(HttpContext context, string token, CancellationToken cancellationToken)
    {
        // What names nobody is not repeated: guessers send any number of names.
        bool isKnown = AppToken.CustomerOf(token) is { } id && await customers.FindAsync(id, cancellationToken) is not null;
        string subject = isKnown ? EntityId.Customer(AppToken.CustomerOf(token)!).ToString() : "customer:?";
        Origin stranger = new(Origin.Anonymous, ClientAddress.Of(context));
        await refusals.AddAsync(new Refusal(stranger, AuditActions.SessionRefused, subject, AuditActions.Wrong));
    }
}
