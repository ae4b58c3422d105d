namespace OmniIoT.Sql.Writing;

/// <summary>What is on record.</summary>
internal interface IAuditWriter
{
    void Erase(string customerId);
}
