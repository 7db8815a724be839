#include "core/compression.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include <brotli/decode.h>
#include <brotli/encode.h>
#include <zlib.h>
#include <zstd.h>

#include "core/check.h"

namespace tidings {
namespace {

constexpr std::size_t kChunkBytes = 64 * 1024;

Error too_large(std::size_t size_max) {
  return {ErrorKind::InvalidInput,
          "the decompressed data is above " + std::to_string(size_max) + " bytes", "too_large"};
}

std::string compress_gzip(std::string_view bytes, int level) {
  z_stream stream{};
  constexpr int kGzipWindow = 15 + 16;
  CHECK(deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  CHECK(bytes.size() <= std::numeric_limits<uInt>::max() &&
        out.size() <= std::numeric_limits<uInt>::max());
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  CHECK(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string compress_brotli(std::string_view bytes, int level) {
  std::size_t size = BrotliEncoderMaxCompressedSize(bytes.size());
  std::string out(size, '\0');
  CHECK(BrotliEncoderCompress(level, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, bytes.size(),
                              reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) == BROTLI_TRUE);
  out.resize(size);
  return out;
}

std::string compress_zstd(std::string_view bytes, int level) {
  // A context costs more to make than most payloads cost to compress.
  thread_local const std::unique_ptr<ZSTD_CCtx, decltype(&ZSTD_freeCCtx)> context(ZSTD_createCCtx(),
                                                                                  ZSTD_freeCCtx);
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  const std::size_t size =
      ZSTD_compressCCtx(context.get(), out.data(), out.size(), bytes.data(), bytes.size(), level);
  CHECK(!ZSTD_isError(size));
  out.resize(size);
  return out;
}

Result<std::string> decompress_gzip(std::string_view bytes, std::size_t size_max) {
  z_stream stream{};
  constexpr int kGzipOrZlib = 15 + 32;
  CHECK(inflateInit2(&stream, kGzipOrZlib) == Z_OK);
  const std::unique_ptr<z_stream, int (*)(z_stream*)> guard(&stream, inflateEnd);
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  std::string out;
  std::array<char, kChunkBytes> chunk;
  while (true) {
    stream.next_out = reinterpret_cast<Bytef*>(chunk.data());
    stream.avail_out = kChunkBytes;
    const int status = inflate(&stream, Z_NO_FLUSH);
    out.append(chunk.data(), kChunkBytes - stream.avail_out);
    if (out.size() > size_max) return too_large(size_max);
    if (status == Z_STREAM_END) return out;
    if (status != Z_OK) return corrupt("not a whole gzip stream");
  }
}

Result<std::string> decompress_brotli(std::string_view bytes, std::size_t size_max) {
  const std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state(
      BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance);
  auto* input = reinterpret_cast<const std::uint8_t*>(bytes.data());
  std::size_t input_left = bytes.size();
  std::string out;
  std::array<std::uint8_t, kChunkBytes> chunk;
  while (true) {
    std::uint8_t* output = chunk.data();
    std::size_t room = chunk.size();
    const BrotliDecoderResult status =
        BrotliDecoderDecompressStream(state.get(), &input_left, &input, &room, &output, nullptr);
    out.append(reinterpret_cast<const char*>(chunk.data()), chunk.size() - room);
    if (out.size() > size_max) return too_large(size_max);
    if (status == BROTLI_DECODER_RESULT_SUCCESS) return out;
    if (status != BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT)
      return corrupt("not a whole brotli stream");
  }
}

Result<std::string> decompress_zstd(std::string_view bytes, std::size_t size_max) {
  // A context is 150 kB: to make one costs more than most decompressions.
  thread_local const std::unique_ptr<ZSTD_DCtx, decltype(&ZSTD_freeDCtx)> context(ZSTD_createDCtx(),
                                                                                  ZSTD_freeDCtx);
  const unsigned long long stated = ZSTD_getFrameContentSize(bytes.data(), bytes.size());
  const bool is_stated = stated != ZSTD_CONTENTSIZE_UNKNOWN && stated != ZSTD_CONTENTSIZE_ERROR;
  if (is_stated && stated > size_max) return too_large(size_max);
  ZSTD_DCtx_reset(context.get(), ZSTD_reset_session_only);
  // What is stated is believed as far as the input makes it likely: a lie costs no memory.
  const std::size_t likely = bytes.size() * 16 + kChunkBytes;
  std::string out(std::min<std::size_t>(is_stated ? stated : size_max, likely), '\0');
  ZSTD_inBuffer input{bytes.data(), bytes.size(), 0};
  ZSTD_outBuffer output{out.data(), out.size(), 0};
  while (true) {
    const std::size_t before = input.pos + output.pos;
    const std::size_t status = ZSTD_decompressStream(context.get(), &output, &input);
    if (ZSTD_isError(status)) return corrupt("not a whole zstd frame");
    if (status == 0) break;
    if (output.pos == output.size) {
      if (out.size() > size_max) return too_large(size_max);
      out.resize(out.size() * 2 + kChunkBytes);
      output.dst = out.data();
      output.size = out.size();
    } else if (input.pos + output.pos == before || input.pos == input.size) {
      return corrupt("not a whole zstd frame");
    }
  }
  if (output.pos > size_max) return too_large(size_max);
  out.resize(output.pos);
  return out;
}

}  // namespace

bool is_gzip(std::string_view bytes) {
  return bytes.starts_with("\x1F\x8B");
}

std::string compress(std::string_view bytes, Compression codec, int level) {
  switch (codec) {
    case Compression::Gzip:
      return compress_gzip(bytes, level);
    case Compression::Brotli:
      return compress_brotli(bytes, level);
    case Compression::Zstd:
      return compress_zstd(bytes, level);
  }
  CHECK(false);
}

Result<std::string> decompress(std::string_view bytes, Compression codec, std::size_t size_max) {
  switch (codec) {
    case Compression::Gzip:
      return decompress_gzip(bytes, size_max);
    case Compression::Brotli:
      return decompress_brotli(bytes, size_max);
    case Compression::Zstd:
      return decompress_zstd(bytes, size_max);
  }
  CHECK(false);
}

}  // namespace tidings
