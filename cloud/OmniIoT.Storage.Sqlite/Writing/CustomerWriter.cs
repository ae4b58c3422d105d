using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Customers, their identities and visits.</summary>
internal sealed class CustomerWriter(Connection connection, ChangeWriter changes)
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO customers (id, name, search, json) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, search = excluded.search, json = excluded.json
        """
    );
    private readonly Statement _delete = connection.Prepare("DELETE FROM customers WHERE id = $1");
    private readonly Statement _putIdentity = connection.Prepare(
        "INSERT INTO identities (type, value, customer_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING"
    );
    private readonly Statement _deleteIdentities = connection.Prepare(
        "DELETE FROM identities WHERE customer_id = $1"
    );
    private readonly Statement _putVisit = connection.Prepare(
        """
        INSERT INTO visits (customer_id, id, entered_at, exited_at, json) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (customer_id, id) DO UPDATE SET entered_at = excluded.entered_at, exited_at = excluded.exited_at,
            json = excluded.json
        """
    );
    private readonly Statement _deleteVisits = connection.Prepare(
        "DELETE FROM visits WHERE customer_id = $1"
    );

    public void Put(Customer customer)
    {
        string search = SearchText.Of([
            customer.Id,
            customer.Name,
            .. customer.Identities.Select(identity => identity.Value),
        ]);
        _put.Bind(customer.Id).Bind(customer.Name).Bind(search).Bind(Json.Write(customer)).Run();
        _deleteIdentities.Bind(customer.Id).Run();
        foreach (Identity identity in customer.Identities)
            _putIdentity.Bind(identity.Type).Bind(identity.Value).Bind(customer.Id).Run();
    }

    public void Put(Visit visit)
    {
        byte[] json = Json.Write(visit);
        _putVisit
            .Bind(visit.CustomerId)
            .Bind(visit.Id)
            .Bind(visit.EnteredAt.UnixMilliseconds)
            .Bind(visit.ExitedAt?.UnixMilliseconds)
            .Bind(json)
            .Run();
        changes.Add("visit", visit.CustomerId, null, json);
    }

    public void Erase(string customerId)
    {
        _delete.Bind(customerId).Run();
        _deleteIdentities.Bind(customerId).Run();
        _deleteVisits.Bind(customerId).Run();
    }
}
