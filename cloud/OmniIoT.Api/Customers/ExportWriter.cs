using System.IO.Pipelines;
using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Customers;

/// <summary>Writes members of a JSON object, long lists page by page.</summary>
internal sealed class ExportWriter(Utf8JsonWriter writer, PipeWriter output, CancellationToken cancellationToken)
{
    private const int MaximumUnflushedBytes = 64 * 1024;

    /// <summary>For what is neither a value nor a list.</summary>
    public Utf8JsonWriter Writer => writer;

    public void WriteValue<T>(string name, T value)
    {
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, value, OmniJson.Shown);
    }

    public async Task WriteListAsync<T>(string name, Func<PageRequest, ValueTask<Page<T>>> read)
    {
        writer.WriteStartArray(name);
        await foreach (T item in AllAsync(read))
        {
            JsonSerializer.Serialize(writer, item, OmniJson.Shown);
            if (output.UnflushedBytes > MaximumUnflushedBytes)
                await FlushAsync();
        }
        writer.WriteEndArray();
    }

    /// <summary>Sends what was written; waits for a slow reader.</summary>
    public async Task FlushAsync()
    {
        writer.Flush();
        await output.FlushAsync(cancellationToken);
    }

    /// <summary>Every item, however many pages they fill.</summary>
    public static async IAsyncEnumerable<T> AllAsync<T>(Func<PageRequest, ValueTask<Page<T>>> read)
    {
        string? cursor = null;
        do
        {
            Page<T> page = await read(new PageRequest(cursor, PageRequest.MaximumLimit));
            foreach (T item in page.Items)
                yield return item;
            cursor = page.Next;
        } while (cursor is not null);
    }
}
