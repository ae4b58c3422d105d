using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using OmniIoT.Api.Access;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Api.Customers;
using OmniIoT.Api.Problems;
using OmniIoT.Api.Requests;
using OmniIoT.Domain;
using OmniIoT.Domain.Customers;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Imports;

internal sealed class CustomerImport(IGrains grains, ICatalog catalog, ICustomerQueries customers) : IImportKind
{
    public string Name => "customers";

    public RightSet Rights => RightSet.Of("customers:write");

    public Type Shape => typeof(CustomerBody);

    public async ValueTask<ImportStep> CheckAsync(string id, JsonObject row, HttpContext context, CancellationToken cancellationToken)
    {
        PutCustomerData request = Body.Parse<CustomerBody>(OmniJson.Utf8(row)).ToRequest(expectedVersion: null, context.Caller().Actor);
        string survivor = catalog.Merges.SurvivorOf(id);
        bool isNew = await customers.FindAsync(survivor, cancellationToken) is null;
        return new ImportStep(id, isNew, StoreAsync);

        async Task<string?> StoreAsync()
        {
            (await grains.Customer(survivor).PutAsync(request)).OrThrow();
            return null;
        }
    }
}
