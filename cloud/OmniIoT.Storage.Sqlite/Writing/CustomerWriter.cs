using OmniIoT.Domain.Customers;
using OmniIoT.Domain.Places;
using OmniIoT.Ports.Customers;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Customers, their identities and visits.</summary>
internal sealed class CustomerWriter(DatabaseConnection connection, ChangeWriter changes, WordWriter words) : ICustomerWriter
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO customers (id, name, search, json) VALUES ($1, $2, $3, $4)
        ON CONFLICT (id) DO UPDATE SET name = excluded.name, search = excluded.search, json = excluded.json
        """
    );
    private readonly Statement _delete = connection.Prepare("DELETE FROM customers WHERE id = $1");
    private readonly Statement _putIdentity = connection.Prepare(
        "INSERT INTO identities (type, value, customer_id, form) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
    );
    private readonly Statement _ofEarlierForm = connection.Prepare(
        "SELECT json FROM customers WHERE id IN (SELECT customer_id FROM identities WHERE form < $1)"
    );
    private readonly Statement _deleteIdentities = connection.Prepare("DELETE FROM identities WHERE customer_id = $1");
    private readonly Statement _putVisit = connection.Prepare(
        """
        INSERT INTO visits (customer_id, id, entered_at, exited_at, json) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (customer_id, id) DO UPDATE SET entered_at = excluded.entered_at, exited_at = excluded.exited_at,
            json = excluded.json
        """
    );
    private readonly Statement _deleteVisits = connection.Prepare("DELETE FROM visits WHERE customer_id = $1");

    public void Put(Customer customer)
    {
        string search = SearchTexts.Of(customer);
        words.Put(Searched.Customers, customer.Id, search);
        _put.Bind(customer.Id).Bind(customer.Name).Bind(search).Bind(Json.Write(customer)).Run();
        _deleteIdentities.Bind(customer.Id).Run();
        foreach (Identity identity in customer.Identities)
            _putIdentity
                .Bind(identity.Type)
                .Bind(IdentityForm.Of(identity.Type, identity.Value))
                .Bind(customer.Id)
                .Bind(IdentityForm.Version)
                .Run();
    }

    /// <summary>Brings identities that were stored by an earlier form to the present one.</summary>
    public void Renew()
    {
        foreach (Customer customer in _ofEarlierForm.Bind(IdentityForm.Version).ReadAll<Customer>())
            Put(customer);
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
        words.Delete(Searched.Customers, customerId);
        _delete.Bind(customerId).Run();
        _deleteIdentities.Bind(customerId).Run();
        _deleteVisits.Bind(customerId).Run();
    }
}
