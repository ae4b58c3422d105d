using CsvHelper;

namespace OmniIoT.Api.Requests;

/// <summary>
/// Files of comma-separated values as they are taken: RFC 4180, UTF-8, and nothing guessed at where a quotation does not close.
/// </summary>
internal static class ValueFile
{
    public static CsvReader Open(Stream body, int mostBytesOfLine) =>
        CsvReader.Create(
            body,
            new CsvReaderOptions
            {
                MaxRecordSize = mostBytesOfLine,
                TrackLineNumbers = true,
                TrimWhitespace = true,
                MalformedData = CsvMalformedDataHandling.Throw,
            },
            leaveOpen: true
        );
}
