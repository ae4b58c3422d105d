namespace OmniIoT.Sql.Reading;

/// <summary>Rows whose customer is named by what people know of them.</summary>
internal static class NamedCustomer
{
    /// <summary>A condition on the column <c>customer_id</c>. A person is also found by what names the one who answers for them.</summary>
    /// <param name="like">What <see cref="Select.Like"/> gave.</param>
    public static string By(string like) =>
        $"""
            customer_id {like} OR customer_id IN (SELECT id FROM customers WHERE search {like})
                OR customer_id IN (SELECT m.id FROM merges m JOIN customers c ON c.id = m.survivor_id WHERE c.search {like})
            """;
}
