namespace OmniIoT.Sql.Writing;

/// <summary>The log of changes.</summary>
internal interface IChangeWriter
{
    void Erase(string customerId);
}
