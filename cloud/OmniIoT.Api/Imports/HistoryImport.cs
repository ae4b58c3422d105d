using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Customers;
using OmniIoT.Api.Documents;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Timeline;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Imports;

/// <summary>
/// What happened before: entries of customers' timelines. <c>id</c> is what the other system calls one; without it all that the line says
/// makes it the same.
/// </summary>
internal sealed class HistoryImport(IGrains grains, DocumentStore documents, ICustomerQueries customers) : IImportKind
{
    public string Name => "history";

    public RightSet Rights => RightSet.Of("customers:write");

    public Type Shape => typeof(TimelineBody);

    public string[] Extra => ["id", "customerId"];

    public bool MayRepeat => true;

    public async ValueTask<ImportStep> CheckAsync(string id, JsonObject row, HttpContext context, CancellationToken cancellationToken)
    {
        string key = row["id"] is null ? row.ToJsonString(OmniJson.Options) : row["id"]!.ToString();
        row.Remove("id");
        row.Remove("customerId");
        TimelineBody body = Body.Parse<TimelineBody>(OmniJson.Utf8(row));
        if (await customers.FindAsync(id, cancellationToken) is null)
            throw new ProblemException(Problem.Unprocessable(new ProblemError("/customerId", Wrong.Unknown("customer", id))));
        if (body.Kind is TimelineKind.PurchaseMade or TimelineKind.PurchaseReturned)
        {
            AddPurchase purchase = await CustomerTimeline.PurchaseOfAsync(body, context, documents, cancellationToken);
            return StepOf(id, () => grains.Customer(id).AddPurchaseAsync(purchase));
        }
        AddTimelineEntry entry = CustomerTimeline.ToRequest(body, context.Caller()) with { Key = key };
        return StepOf(id, () => grains.Customer(id).AddTimelineEntryAsync(entry));
    }

    private static ImportStep StepOf(string id, Func<Task<Domain.Decisions.Reply<TimelineEntry>>> storeAsync) =>
        new(
            id,
            IsNew: true,
            async () =>
            {
                (await storeAsync()).OrThrow();
                return null;
            }
        );
}
